; Writes 600,000 bytes, far more than a pipe holds by default: 10,000 lines of 60.
%include "guest.inc"
start:
    mov ebp, 10000
.line:
    mov ecx, 59
    mov al, 'a'
.byte:
    call put_char
    inc al
    cmp al, 'z' + 1
    jb .next
    mov al, 'a'
.next:
    loop .byte
    mov al, 10
    call put_char
    dec ebp
    jnz .line
    exit_with EXIT_PASS
