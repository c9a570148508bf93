// Compares an entry with the sealed limits, one value a clock: the codes of the four rails, then the voltage over the
// cells between every two levels that meet in the array, then the width.
`timescale 1fs / 1fs
`include "sequencer_registers.svh"

module limit_check #(
    parameter [7:0]  DAC_BITS = 8'd16,
    parameter [15:0] ZERO_CODE = 16'h8000
) (
    input  logic        clock,
    input  logic        reset,
    input  logic        start,
    input  logic        cancel,         // leave off
    input  logic [1:0]  kind,
    input  logic        sense,
    input  logic [63:0] codes,
    input  logic [31:0] width,
    input  logic [31:0] sense_ticks, // the width of an act that senses must be longer
    input  logic [2:0]  used_word,
    input  logic [2:0]  used_bit,
    input  logic [15:0] line_positive,
    input  logic [15:0] line_negative,
    input  logic [15:0] pulse_positive,
    input  logic [15:0] pulse_negative,
    input  logic [15:0] read_positive,
    input  logic [15:0] read_negative,
    input  logic [15:0] unselected,
    input  logic [31:0] shortest,       // of pulses or of reads, as `sense` says
    input  logic [31:0] longest,
    output logic        busy,
    output logic [3:0]  fault        // valid when no longer busy
);
    localparam [3:0] LINE_STEPS = 4'd4;
    localparam [3:0] WIDTH_STEP = 4'd13;

    logic [3:0]         step;
    logic [1:0]         word_level; // 0 ground, 1 selected rail, 2 unselected rail
    logic [1:0]         bit_level;
    logic [15:0]        word_code;
    logic [15:0]        bit_code;
    logic signed [16:0] word_wide;
    logic signed [16:0] bit_wide;
    logic signed [16:0] value;
    logic [15:0]        positive;
    logic [15:0]        negative;
    logic               of_line;
    logic               applies;
    logic               beyond;
    logic [16:0]        register;
    logic               unreachable;
    logic               width_refused;

    assign of_line = step < LINE_STEPS;

    // The steps before WIDTH_STEP in order: four lines against 0 V, nine pairs of levels.
    always_comb begin
        case (step)
            4'd0:    {word_level, bit_level} = {2'd1, 2'd0};
            4'd1:    {word_level, bit_level} = {2'd2, 2'd0};
            4'd2:    {word_level, bit_level} = {2'd0, 2'd1};
            4'd3:    {word_level, bit_level} = {2'd0, 2'd2};
            4'd5:    {word_level, bit_level} = {2'd0, 2'd1};
            4'd6:    {word_level, bit_level} = {2'd0, 2'd2};
            4'd7:    {word_level, bit_level} = {2'd1, 2'd0};
            4'd8:    {word_level, bit_level} = {2'd1, 2'd1};
            4'd9:    {word_level, bit_level} = {2'd1, 2'd2};
            4'd10:   {word_level, bit_level} = {2'd2, 2'd0};
            4'd11:   {word_level, bit_level} = {2'd2, 2'd1};
            4'd12:   {word_level, bit_level} = {2'd2, 2'd2};
            default: {word_level, bit_level} = 4'd0;
        endcase
        // A bit line counts with its own polarity, which is the opposite of the cell's.
        if (of_line) begin
            positive = bit_level == 2'd0 ? line_positive : line_negative;
            negative = bit_level == 2'd0 ? line_negative : line_positive;
        end else if (kind == `KIND_CELL && !(word_level == 2'd1 && bit_level == 2'd1)) begin
            positive = unselected;
            negative = unselected;
        end else if (sense) begin
            positive = read_positive;
            negative = read_negative;
        end else begin
            positive = pulse_positive;
            negative = pulse_negative;
        end
    end

    assign word_code = word_level == 2'd0 ? 16'd0 : codes[{1'b0, word_level[1], 4'd0} +: 16];
    assign bit_code  = bit_level == 2'd0 ? 16'd0 : codes[{1'b1, bit_level[1], 4'd0} +: 16];
    assign word_wide = {word_code[15], word_code};
    assign bit_wide  = {bit_code[15], bit_code};

    assign value   = word_wide - bit_wide;
    assign beyond  = value > $signed({1'b0, positive}) || value < -$signed({1'b0, negative});
    assign applies = of_line || (used_word[word_level] && used_bit[bit_level]);

    // A code that the DAC does not have would wrap around.
    assign register    = {1'b0, ZERO_CODE} + (bit_level == 2'd0 ? word_wide : bit_wide);
    assign unreachable = of_line && register >> DAC_BITS != 17'd0;

    assign width_refused = width == 32'd0 || (kind != `KIND_WAIT && (width < shortest || width > longest))
                           || (sense && width <= sense_ticks);

    always_ff @(posedge clock) begin
        if (reset) begin
            busy  <= 1'b0;
            step  <= 4'd0;
            fault <= `FAULT_NONE;
        end else if (cancel) begin
            busy <= 1'b0;
        end else if (!busy) begin
            if (start) begin
                busy  <= 1'b1;
                step  <= 4'd0;
                fault <= `FAULT_NONE;
            end
        end else if (step == WIDTH_STEP) begin
            busy <= 1'b0;
            if (width_refused) fault <= `FAULT_WIDTH;
        end else begin
            step <= step + 4'd1;
            if (unreachable || (applies && beyond)) begin
                busy <= 1'b0;
                if (of_line) fault <= `FAULT_LINE;
                else if (kind == `KIND_CELL && !(word_level == 2'd1 && bit_level == 2'd1)) fault <= `FAULT_UNSELECTED;
                else fault <= `FAULT_CELL;
            end
        end
    end

`ifdef FORMAL
`include "limit_check_properties.svh"
`endif
endmodule
