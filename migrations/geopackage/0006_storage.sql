-- How geometry is stored, which a file leaves no choice in; the step keeps the versions of both homes equal.

select 1;
