"""Collections of any size for measuring speed: articles recombined from the news sample, with
stand-in vectors. What they say means nothing, so nothing but speed may be measured on them."""
