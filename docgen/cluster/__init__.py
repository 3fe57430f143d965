"""The same batch by the workers of a Dask cluster, its folders shared or in an object store.

In come the works of a batch and the address of a scheduler; out come their results, as from the
processes of this computer. What a workbook comes to, how it is written down and summed up, it
leaves to `batch`; here alone are `distributed` and `fsspec` known, and neither must be there for
anything else.
"""
