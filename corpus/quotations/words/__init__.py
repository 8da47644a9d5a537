"""What words mean by themselves: names, titles, bodies, reporting verbs."""
