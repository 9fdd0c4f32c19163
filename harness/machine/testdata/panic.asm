; Reports a panic and then, instead of ending, hangs.
%include "guest.inc"
start:
    print text
.spin:
    jmp .spin
text: db "[PANIC] on purpose", 10, 0
