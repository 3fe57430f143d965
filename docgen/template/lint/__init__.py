"""A template looked over before there is data: its faults, the names it needs, a commented copy.

In comes a template, out go faults and paths. It may use every stage of compilation, and no stage
may know it.
"""
