//! Time: instants, opening hours, due moments.
