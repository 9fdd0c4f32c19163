; Down to real mode, where it loops, calls, and is interrupted by itself, and back. What runs there
; is copied below 1 MiB, where no file shows it. A far jump begins a piece of its own; the handler lies
; within the piece of the function before it (docs/PROFILING.md, "Code without symbols").
;= main self 3 calls 1
;= down self 8 calls 1
;= @0x8000 self 4 calls 1
;= @0x800d self 410 calls 1
;= @0x8100 self 300 calls 100
;= up self 6 calls 1
%define OWN_SETUP
%include "frame.inc"
CODE_16 equ 24
DATA_16 equ 32
function setup
    mov dword [gdt_own], 0x0000FFFF
    mov dword [gdt_own + 4], 0x00009B00
    mov dword [gdt_own + 8], 0x0000FFFF
    mov dword [gdt_own + 12], 0x00009300
    mov esi, low
    mov edi, 0x8000
    mov ecx, low_end - low
    rep movsb
    mov byte [0x8100], 0x90       ; a function: nop, ret
    mov byte [0x8101], 0xC3
    mov byte [0x8200], 0xCF       ; a handler: iret
    mov dword [0x0204], 0x8200    ; vector 0x81
    ret
function main
    call down
    nop
    ret
function down                     ; 8
    mov [saved], esp
    sidt [saved_idt]
    lidt [real_idt]
    mov eax, DATA_16
    mov ds, eax
    mov ss, eax
    mov esp, 0x7000
    jmp CODE_16:0x8000
function up                       ; 6
    mov eax, DATA
    mov ds, eax
    mov ss, eax
    mov esp, [saved]
    lidt [saved_idt]
    ret
bits 16
low:
    mov eax, cr0                  ; 4
    and al, ~1
    mov cr0, eax
    jmp 0:.real - low + 0x8000
.real:
    xor ax, ax                    ; 5
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov bx, 0x8100
    mov cx, 100                   ; 1 + 100 * 4
.turn:
    call bx
    int 0x81
    dec cx
    jnz .turn
    mov eax, cr0                  ; 4
    or al, 1
    mov cr0, eax
    jmp dword CODE:up
low_end:
bits 32
section .data
real_idt: dw 0x3FF
    dd 0
section .bss
saved: resd 1
saved_idt: resb 6
section .text
