; Never says a byte.
%include "guest.inc"
start:
    jmp start
