"""Which cities one city is compared with: what a reader may ask for, and how it stands in the URL."""
