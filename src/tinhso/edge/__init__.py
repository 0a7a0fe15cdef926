"""What pages and API share at the edge: who asks, how often, how much, and which status a refusal has."""
