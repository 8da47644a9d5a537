"""A collection on the disk: its folder, its files, archives that are unpacked into it, and what of
them is skipped."""
