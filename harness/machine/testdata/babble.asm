; Writes for ever, and never ends a line.
%include "guest.inc"
start:
    mov al, 'x'
.more:
    call put_char
    jmp .more
