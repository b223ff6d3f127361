//! How people and files write districts and khoroos, and how we write them.
