; Stores into their own block, of every kind: into the next instruction, into themselves, by a push,
; by the return address of a call, as the last of their block, by a locked one, by a string.
;= main self 10 calls 1
;= next self 402 calls 1
;= itself self 303 calls 1
;= pushed self 705 calls 1
;= called self 705 calls 1
;= leaf self 100 calls 100
;= last self 302 calls 1
;= locked self 402 calls 1
;= string self 906 calls 1
;= repeated self 1802 calls 1
;= other self 500 calls 100
;= changer self 402 calls 1
%include "frame.inc"
function main
    call next
    call itself
    call pushed
    call called
    call last
    call locked
    call string
    call repeated
    call changer
    ret
function next                     ; 1 + 100 * 4 + 1
    mov ecx, 100
.turn:
    mov [.value + 1], cl
.value:
    mov al, 0
    nop
    loop .turn
    ret
align 64
function itself                   ; 1 + 100 * 3 + 2: its own immediate operand
    mov ecx, 100
.turn:
    nop
.store:
    mov dword [.store + 6], 0
    loop .turn
    nop
    ret
align 64
function pushed                   ; 2 + 100 * 7 + 3
    mov edx, esp
    mov ecx, 100
.turn:
    mov esp, .value + 5
    mov eax, ecx
    push eax
.value:
    mov ebx, 0                    ; its operand is what was pushed
    mov esp, edx
    nop
    loop .turn
    cmp ebx, 1
    jne .wrong
    ret
.wrong:
    ud2
align 64
function called                   ; 2 + 100 * 7 + 3
    mov edx, esp
    mov ecx, 100
.turn:
    mov esp, .value + 5
    nop
    call leaf                     ; its return address goes behind it, into an operand
.value:
    mov ebx, 0
    mov esp, edx
    nop
    loop .turn
    cmp ebx, .value
    jne .wrong
    ret
.wrong:
    ud2
align 64
function leaf
    ret
align 64
function last                     ; 1 + 100 * 3 + 1: the branch behind it is in the same line
    mov ecx, 100
.turn:
    mov byte [.behind], 0x90
.behind:
    nop
    loop .turn
    ret
align 64
function locked                   ; 1 + 100 * 4 + 1
    mov ecx, 100
.turn:
    lock inc dword [.value + 1]
.value:
    mov eax, 0
    nop
    loop .turn
    ret
align 64
function string                   ; 3 + 100 * 9 + 3: no prefix
    cld
    xor eax, eax
    mov ecx, 100
.turn:
    mov edi, .value + 1
    stosd
.value:
    mov ebx, 0
    mov edi, .value + 1
    mov esi, edi
    movsd
    nop
    nop
    loop .turn
    nop
    nop
    ret
align 64
function repeated                 ; 1 + 100 * (8 + 2 * 5) + 1: four turns, and one that finds it done
    mov edx, 100
.turn:
    mov edi, .value + 1
    mov ecx, 4
    rep stosb
.value:
    mov ebx, 0
    mov ecx, 4
    mov esi, .value + 1
    mov edi, esi
    rep movsb
    dec edx
    jnz .turn
    ret
align 64
function changer                  ; 1 + 100 * 4 + 1: another function's block
    mov ecx, 100
.turn:
    mov [other.value + 1], cl
    call other
    nop
    loop .turn
    ret
align 64
function other
    nop
.value:
    mov al, 0
    cmp al, cl
    jne .wrong
    ret
.wrong:
    ud2
