"""What the details of an article may say: dates, people, addresses."""
