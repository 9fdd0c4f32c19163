; 64-bit code: calls by every way, relative addresses, large immediates, syscall and sysret, strings
; with 64-bit counts, across pages.
;= main self 8 calls 1
;= relative self 302 calls 1
;= large self 302 calls 1
;= leaf self 100 calls 100
;= strings self 10010 calls 1
;= crossing self 502 calls 1
;= patched self 402 calls 1
;= position self 3 calls 1
%include "frame.inc"
default rel
function main                     ; 8
    call relative
    call large
    call strings
    call crossing
    call patched
    call position
    nop
    ret
function relative                 ; 1 + 100 * 3 + 1
    mov ecx, 100
.turn:
    call [pointer]
    dec ecx
    jnz .turn
    ret
function leaf
    ret
function large                    ; 1 + 100 * 3 + 1
    mov ecx, 100
.turn:
    mov rax, 0x123456789ABCDEF0
    dec ecx
    jnz .turn
    ret
function strings                  ; 3 + 5001 + 3 + 5001 + 2
    lea rsi, [room]
    lea rdi, [room + 8]
    mov ecx, 5000
    rep movsb
    lea rdi, [room]
    xor eax, eax
    mov ecx, 5000
    rep stosq
    nop
    ret
align 4096
    times 4096 - 5 - 5 nop
function crossing                 ; 1 + 100 * 5 + 1
    mov ecx, 100                  ; 5
.turn:
    nop
    mov rax, 0x123456789ABCDEF0   ; 10 bytes: 4 before the end
    push rax
    pop rdx
    loop .turn
    ret
function patched                  ; 1 + 100 * 4 + 1
    mov ecx, 100
.turn:
    mov [.value + 2], rcx
.value:
    mov rax, 0x123456789ABCDEF0
    nop
    loop .turn
    ret
function position                 ; 3
    call .here
.here:
    pop rax
    ret
section .data
pointer: dq leaf
section .bss
room: resb 40960
section .text
