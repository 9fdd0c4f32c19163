; Straight lines longer than a translation block can be (512 instructions), of what cannot fail and of
; what can, and blocks that are cut by their size in bytes.
;= main self 5 calls 1
;= plain self 60202 calls 1
;= memory self 60202 calls 1
;= wide self 60202 calls 1
;= mixed self 60302 calls 1
%include "frame.inc"
%macro line 2+                    ; NAME INSTRUCTION: 1 + 100 * (600 + 2) + 1
function %1
    mov ecx, 100
.turn:
  %rep 600
    %2
  %endrep
    dec ecx
    jnz near .turn
    ret
%endmacro
function main
    call plain
    call memory
    call wide
    call mixed
    ret
line plain, nop
line memory, inc dword [room]
line wide, mov dword [room + ecx * 4 + 0x1000], 0x12345678
function mixed
    mov ecx, 100
.turn:
%rep 150
    nop
    mov [room], eax
    add eax, ecx
    push eax
%endrep
    lea esp, [esp + 600]
    dec ecx
    jnz near .turn
    ret
section .bss
room: resb 0x2000
section .text
