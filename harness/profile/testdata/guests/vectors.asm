; Instructions of newer processors, in registers and on memory, and what ends a block by itself:
; cpuid, a fence, a pause, an x87 that waits, a control register, a time stamp within.
;= cpu max
;= main self 3 calls 1
;= wide self 1503 calls 1
;= ends self 1302 calls 1
%define OWN_SETUP
%include "frame.inc"
function setup
    mov eax, cr4
    or eax, 0x600                 ; SSE
    mov cr4, eax
    mov eax, cr0
    and eax, ~4
    or eax, 2
    mov cr0, eax
    fninit
    ret
function main
    call wide
    call ends
    ret
function wide                     ; 1 + 100 * 15 + 2
    mov ecx, 100
.turn:
    movups xmm0, [room]
    paddd xmm0, xmm1
    movaps xmm2, xmm0
    mulps xmm2, xmm0
    movups [room], xmm2
    pshufb xmm1, xmm2
    crc32 eax, dword [room]
    popcnt edx, ecx
    bsr edx, ecx
    bswap edx
    cmpxchg [room], eax
    xadd [room], eax
    cmpxchg8b [room]
    dec ecx
    jnz near .turn
    nop
    ret
function ends                     ; 1 + 100 * 13 + 1
    mov esi, 100
.turn:
    cpuid
    mfence
    pause
    fld1
    fwait
    fstp qword [room]
    mov eax, cr3
    mov cr3, eax
    rdtsc
    wbinvd
    clflush [room]
    dec esi
    jnz near .turn
    ret
section .bss
alignb 16
room: resb 64
section .text
