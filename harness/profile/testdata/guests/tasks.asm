; Two tasks of the processor that switch by a jump through a task gate's selector, each with its own
; stack and registers.
;= main self 5 calls 1
;= go self 202 calls 1
;= other self 199 calls 1
%define OWN_SETUP
%include "frame.inc"
FIRST  equ 24
SECOND equ 32
%macro task_gate 2                ; place, task
    mov eax, %2
    mov word [gdt_own + %1 - 24], 103
    mov [gdt_own + %1 - 22], ax
    shr eax, 16
    mov [gdt_own + %1 - 20], al
    mov byte [gdt_own + %1 - 19], 0x89
    mov byte [gdt_own + %1 - 18], 0
    mov [gdt_own + %1 - 17], ah
%endmacro
function setup
    task_gate FIRST, first_task
    task_gate SECOND, second_task
    mov eax, FIRST
    ltr ax
    mov dword [second_task + 32], other
    mov dword [second_task + 36], 2
    mov dword [second_task + 56], other_stack
    mov dword [second_task + 72], DATA
    mov dword [second_task + 76], CODE
    mov dword [second_task + 80], DATA
    mov dword [second_task + 84], DATA
    ret
function main
    nop
    call go
    nop
    nop
    ret
function go                       ; 1 + 50 * 4 + 1
    mov ecx, 50
.turn:
    jmp SECOND:0
    nop
    dec ecx
    jnz .turn
    ret
function other                    ; 50 * 4 - 1
.turn:
    nop
    nop
    jmp FIRST:0
    jmp .turn
section .bss
alignb 16
first_task: resb 104
alignb 16
second_task: resb 104
    resb 1024
other_stack:
section .text
