; Says hello and passes.
%include "guest.inc"
start:
    print text
    exit_with EXIT_PASS
text: db "hello from the guest", 10, 0
