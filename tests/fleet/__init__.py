"""Many tills at once on one journal: real services, a real PostgreSQL, the gateway of training."""
