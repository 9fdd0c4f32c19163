// Stands for glibc's, which only its 32-bit package has: the 32-bit interfaces that glibc lacks.
// None is called.
