"""Rules on percentages in sentences: completion, shares, rates of counts, percentage points.

In come statements, out go slips, and None for each percentage that its two figures give. Changes
against another year stand beside, in `proof.compared`.
"""
