"""What officers do with designs."""
