; Recursion, mutual recursion, deep recursion, and a recursive function that is called by two.
;= main self 11 calls 1
;= single self 39 calls 10
;= even self 28 calls 6
;= odd self 20 calls 5
;= deep self 14998 calls 3000
;= fibonacci self 1323 calls 177
;= by_two self 4 calls 1
%include "frame.inc"
function main
    mov ecx, 10
    call single
    mov ecx, 10
    call even
    mov ecx, 3000
    call deep
    mov eax, 10
    call fibonacci
    call by_two
    cmp eax, 55
    ret
function single                   ; 10 * 3, and 9 calls
    dec ecx
    jz .done
    call single
.done:
    ret
function even                     ; five times 5, and once 3
    dec ecx
    js .done
    call odd
    nop
.done:
    ret
function odd                      ; five times 4
    dec ecx
    js .done
    call even
.done:
    ret
function deep                     ; 2999 * 5 + 3
    dec ecx
    jz .done
    call deep
    nop
.done:
    ret
function by_two
    nop
    nop
    nop
    ret
function fibonacci                ; 88 times 12, 89 times 3; the number in eax
    cmp eax, 2
    jb .done
    push eax
    dec eax
    call fibonacci
    pop ebx
    push eax
    lea eax, [ebx - 2]
    call fibonacci
    pop ebx
    add eax, ebx
.done:
    ret
