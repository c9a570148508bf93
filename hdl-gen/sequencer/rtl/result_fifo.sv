// Samples on their way to the host, each with the entry that took it. A sample that finds no place is lost, and that
// is a fault, never silence.
`timescale 1fs / 1fs

module result_fifo #(
    parameter DEPTH_BITS = 8
) (
    input  logic        clock,
    input  logic        reset,
    input  logic        clear,
    input  logic        push,
    input  logic [31:0] push_data,
    input  logic        pop,
    output logic        available,  // `data` is the oldest
    output logic [31:0] data,
    output logic        lost
);
    logic [31:0]           memory [0:(1 << DEPTH_BITS) - 1];
    logic [DEPTH_BITS:0]   head;    // counts of pushes and pops, one bit more than an address
    logic [DEPTH_BITS:0]   tail;
    logic                  empty;
    logic                  full;
    logic                  taken;

    assign empty = head == tail;
    assign full  = head == {~tail[DEPTH_BITS], tail[DEPTH_BITS-1:0]};
    assign lost  = push && full && !reset;
    assign taken = pop && available;

    always_ff @(posedge clock) begin
        if (push && !full) memory[head[DEPTH_BITS-1:0]] <= push_data;
        data <= memory[tail[DEPTH_BITS-1:0]];
        if (reset || clear) begin
            head      <= '0;
            tail      <= '0;
            available <= 1'b0;
        end else begin
            if (push && !full) head <= head + 1'b1;
            if (taken) tail <= tail + 1'b1;
            available <= !empty && !taken;
        end
    end
endmodule
