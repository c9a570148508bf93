// Takes the words of one entry out of the table and holds its fields until the next one is fetched.
`timescale 1fs / 1fs
`include "sequencer_registers.svh"

module entry_fetch (
    input  logic        clock,
    input  logic        reset,
    input  logic        start,
    input  logic        cancel,         // leave off
    input  logic [15:0] entry,
    output logic        busy,
    output logic        intact,         // the words add up; valid when no longer busy
    output logic [31:0] table_address,
    input  logic [15:0] table_data,     // of the address of a clock ago
    output logic [1:0]  kind,
    output logic        sense,
    output logic        last,
    output logic [11:0] unknown_flags,
    output logic [15:0] word_line,      // of a cell; the first row of a frame
    output logic [15:0] bit_line,
    output logic [63:0] codes,          // rails: selected word, unselected word, selected bit, unselected bit lines
    output logic [31:0] width,          // ticks
    output logic [31:0] gap             // ticks
);
    logic [3:0]  word;  // asked for in this clock; the one before it arrives
    logic [15:0] sum;

    assign table_address = {13'd0, entry, 3'd0} + {14'd0, entry, 2'd0} + {28'd0, word};
    assign intact        = sum == `ENTRY_SUM;

    always_ff @(posedge clock) begin
        if (reset) begin
            busy          <= 1'b0;
            word          <= 4'd0;
            sum           <= 16'd0;
            kind          <= 2'd0;
            sense         <= 1'b0;
            last          <= 1'b0;
            unknown_flags <= 12'd0;
            word_line     <= 16'd0;
            bit_line      <= 16'd0;
            codes         <= 64'd0;
            width         <= 32'd0;
            gap           <= 32'd0;
        end else if (cancel) begin
            busy <= 1'b0;
        end else if (!busy) begin
            busy <= start;
            word <= 4'd0;
            if (start) sum <= 16'd0;
        end else begin
            word <= word + 4'd1;
            busy <= word != 4'd`ENTRY_WORDS;
            if (word != 4'd0) sum <= sum + table_data;
            case (word)
                4'd1:    {unknown_flags, last, sense, kind} <= table_data;
                4'd2:    word_line <= table_data;
                4'd3:    bit_line <= table_data;
                4'd4:    codes[15:0] <= table_data;
                4'd5:    codes[31:16] <= table_data;
                4'd6:    codes[47:32] <= table_data;
                4'd7:    codes[63:48] <= table_data;
                4'd8:    width[15:0] <= table_data;
                4'd9:    width[31:16] <= table_data;
                4'd10:   gap[15:0] <= table_data;
                4'd11:   gap[31:16] <= table_data;
                default: ;
            endcase
        end
    end
endmodule
