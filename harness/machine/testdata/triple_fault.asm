; An interrupt with no table of handlers: a triple fault, which resets the machine.
%include "guest.inc"
start:
    print text
    lidt [no_table]
    int 3
no_table: times 6 db 0
text: db "falling", 10, 0
