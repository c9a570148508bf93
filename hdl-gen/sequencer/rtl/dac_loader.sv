// Loads the four rail DACs one after the other, each with its own chip select: selected and unselected word lines,
// selected and unselected bit lines. The frame holds the code in offset binary, left-aligned.
`timescale 1fs / 1fs

module dac_loader #(
    parameter [7:0]  DAC_BITS = 8'd16,
    parameter [7:0]  FRAME_BITS = 8'd16,
    parameter [7:0]  HALF_CLOCKS = 8'd1,
    parameter [15:0] ZERO_CODE = 16'h8000
) (
    input  logic        clock,
    input  logic        reset,
    input  logic        start,
    input  logic        zero,       // with start: 0 V into all four
    input  logic        cancel,     // no further frame than the running one
    input  logic [63:0] codes,      // four signed codes, stable while busy
    output logic        busy,
    output logic [3:0]  select_n,
    output logic        serial_clock,
    output logic        serial_out
);
    logic [1:0]            index;
    logic                  zeroing;
    logic [15:0]           code;
    /* verilator lint_off UNUSED */
    logic [15:0]           word;    // the limit check saw to it that no bit above DAC_BITS matters
    /* verilator lint_on UNUSED */
    logic [FRAME_BITS-1:0] transmit;
    logic                  frame_start;
    logic                  frame_busy;
    logic                  frame_finish;
    logic                  frame_select_n;

    assign code        = zeroing ? 16'd0 : codes[{index, 4'd0} +: 16];
    assign word        = code + ZERO_CODE;
    assign frame_start = busy && !frame_busy && !cancel;

    generate
        if (FRAME_BITS == DAC_BITS) assign transmit = word[DAC_BITS-1:0];
        else assign transmit = {word[DAC_BITS-1:0], {(FRAME_BITS - DAC_BITS){1'b0}}};

        genvar dac;
        for (dac = 0; dac < 4; dac = dac + 1) begin : chip
            assign select_n[dac] = frame_select_n || index != dac;
        end
    endgenerate

    always_ff @(posedge clock) begin
        if (reset) begin
            busy    <= 1'b0;
            index   <= 2'd0;
            zeroing <= 1'b0;
        end else if (!busy) begin
            if (start) begin
                busy    <= 1'b1;
                index   <= 2'd0;
                zeroing <= zero;
            end
        end else if (frame_finish) begin
            if (cancel || index == 2'd3) busy <= 1'b0;
            else index <= index + 2'd1;
        end else if (cancel && !frame_busy) begin
            busy <= 1'b0;
        end
    end

    /* verilator lint_off PINCONNECTEMPTY */
    spi_master #(.BITS(FRAME_BITS), .HALF_CLOCKS(HALF_CLOCKS)) spi (
        .clock(clock), .reset(reset),
        .start(frame_start), .transmit(transmit),
        .busy(frame_busy), .finish(frame_finish), .received(),
        .select_n(frame_select_n), .serial_clock(serial_clock),
        .serial_out(serial_out), .serial_in(1'b0)
    );
    /* verilator lint_on PINCONNECTEMPTY */

`ifdef FORMAL
`include "dac_loader_properties.svh"
`endif
endmodule
