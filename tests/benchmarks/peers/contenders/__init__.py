"""Who is compared, and what peers have in common. Each contender has a function `contender`."""
