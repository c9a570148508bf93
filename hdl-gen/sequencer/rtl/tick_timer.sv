// One-shot: counts a number of ticks of CLOCKS_PER_TICK clocks, LEAD_CLOCKS less than asked, and never more ticks
// than `limit`. The first clock that counts is the one after `start`; `finish` is high in the last one.
`timescale 1fs / 1fs

module tick_timer #(
    parameter [15:0] CLOCKS_PER_TICK = 16'd1,
    parameter [15:0] LEAD_CLOCKS = 16'd0,
    parameter [7:0]  TICK_BITS = 8'd32
) (
    input  logic        clock,
    input  logic        reset,
    input  logic        start,
    input  logic        stop,
    input  logic [TICK_BITS-1:0] ticks,
    input  logic [TICK_BITS-1:0] limit,
    output logic        running,
    output logic        finish,
    output logic        tick,       // first clock of a tick
    output logic [TICK_BITS-1:0] remaining   // ticks, the running one included
);
    localparam [15:0] LEAD_WHOLE = LEAD_CLOCKS / CLOCKS_PER_TICK;
    localparam [TICK_BITS-1:0] LEAD_TICKS = TICK_BITS'(LEAD_WHOLE);
    localparam [TICK_BITS-1:0] ONE = 1;
    localparam [15:0] LEAD_PHASE = LEAD_CLOCKS % CLOCKS_PER_TICK;

    logic [15:0] phase;
    logic [TICK_BITS-1:0] allowed;
    logic        last_phase;

    assign allowed    = ticks > limit ? limit : ticks;
    assign last_phase = phase == CLOCKS_PER_TICK - 16'd1;
    assign tick       = running && phase == 16'd0;
    assign finish     = running && last_phase && remaining <= ONE;

    always_ff @(posedge clock) begin
        if (reset || stop) begin
            running   <= 1'b0;
            phase     <= 16'd0;
            remaining <= '0;
        end else if (start) begin
            running   <= allowed > LEAD_TICKS;
            phase     <= LEAD_PHASE;
            remaining <= allowed - LEAD_TICKS;
        end else if (running) begin
            running <= !finish;
            phase   <= last_phase ? 16'd0 : phase + 16'd1;
            if (last_phase) remaining <= remaining - ONE;
        end
    end

`ifdef FORMAL
`include "tick_timer_properties.svh"
`endif
endmodule
