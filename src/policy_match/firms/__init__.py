"""What people know of firms: profiles, registers, and values as they write them."""
