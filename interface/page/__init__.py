"""The page: Gradio blocks, the routes that fill them, and static files."""
