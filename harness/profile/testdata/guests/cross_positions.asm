; Instructions that reach into the next page, as the second to the sixth of their block.
;= main self 11 calls 1
;= p2 self 302 calls 1
;= p3 self 402 calls 1
;= p4 self 502 calls 1
;= p5 self 602 calls 1
;= p6 self 702 calls 1
%include "frame.inc"
%macro crossing 1                 ; NAME: 1 + 100 * (N + 1) + 1, N nops ahead
align 4096
    times 4096 - 5 - %1 - 1 nop
function p%1
    mov ecx, 100                  ; 5 bytes
.turn:
  %rep %1 - 1
    nop
  %endrep
    mov eax, 1                    ; crosses: 2 of its bytes stand in the next page
    loop .turn
    ret
%endmacro
function main                     ; 5 times 2, and ret
%assign i 2
%rep 5
    mov ebx, i
    call p%[i]
  %assign i i + 1
%endrep
    ret
%assign i 2
%rep 5
    crossing i
  %assign i i + 1
%endrep
