"""A body in space: bones, joints that turn, hands and feet that stay where they are put."""
