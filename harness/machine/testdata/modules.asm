; Says of each multiboot module what it holds (a text) and its command line.
%include "guest.inc"
start:
    mov ebp, [ebx + 20]           ; mods_count
    mov edi, [ebx + 24]           ; mods_addr: start, end, string, reserved
.module:
    test ebp, ebp
    jz .done
    mov esi, [edi]
.byte:
    cmp esi, [edi + 4]
    jae .words
    lodsb
    call put_char
    jmp .byte
.words:
    print opening
    mov esi, [edi + 8]
    call put_string
    print closing
    add edi, 16
    dec ebp
    jmp .module
.done:
    exit_with EXIT_PASS
opening: db " (", 0
closing: db ")", 10, 0
