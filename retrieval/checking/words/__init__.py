"""The words of two texts side by side: folded, aligned, and where they differ."""
