vacuum analyze khoroos;
