// Walks over all lines, word lines first, one a clock, and writes down what each is to be switched to during the act.
// A line whose rail is at 0 V stays at ground. On the way it collects which levels either side uses, and refuses a
// line outside the sealed window.
`timescale 1fs / 1fs
`include "sequencer_registers.svh"

module line_plan #(
    parameter [15:0] WORD_LINES = 16'd4,
    parameter [15:0] BIT_LINES = 16'd4
) (
    input  logic                                clock,
    input  logic                                reset,
    input  logic                                start,
    input  logic                                cancel,     // leave off
    input  logic [1:0]                          kind,
    input  logic [15:0]                         word_line,  // of a cell; the first row of a frame
    input  logic [15:0]                         bit_line,
    input  logic [63:0]                         codes,
    input  logic [15:0]                         word_first, // sealed window
    input  logic [15:0]                         word_last,
    input  logic [15:0]                         bit_first,
    input  logic [15:0]                         bit_last,
    output logic [15:0]                         frame_row,
    input  logic [15:0]                         frame_data, // of the row that was asked for a clock ago
    output logic                                busy,
    output logic [3:0]                          fault,      // valid when no longer busy
    output logic [2:0]                          used_word,  // bit 0 ground, 1 selected, 2 unselected
    output logic [2:0]                          used_bit,
    output logic [2*(WORD_LINES+BIT_LINES)-1:0] plan
);
    localparam [15:0] LINES = WORD_LINES + BIT_LINES;

    logic [2:0]  column;        // of the line in its row of a frame
    logic        on_bits;
    logic [15:0] line;          // within its side
    logic [15:0] address;       // of the cell on that side
    logic        in_window;     // the sealed one
    logic        addressed;
    logic [1:0]  wanted;
    logic        at_zero;
    logic [3:0]  rail_at_zero;
    logic        side_end;

    assign address   = on_bits ? bit_line : word_line;
    assign in_window = on_bits ? line >= bit_first && line <= bit_last : line >= word_first && line <= word_last;
    assign addressed = line == address;
    assign rail_at_zero = {codes[63:48] == 16'd0, codes[47:32] == 16'd0, codes[31:16] == 16'd0, codes[15:0] == 16'd0};
    assign at_zero      = rail_at_zero[{on_bits, wanted[1]}];
    assign side_end  = line == (on_bits ? BIT_LINES : WORD_LINES) - 16'd1;

    always_comb begin
        case (kind)
            `KIND_CELL:  wanted = addressed ? 2'd1 : 2'd2;
            `KIND_FRAME: wanted = frame_data[{column, 1'b0} +: 2];
            default:     wanted = 2'd0;
        endcase
    end

    // No reset: until the lines are back at ground, an act that a reset broke off needs its plan.
    initial plan = '0;

    always_ff @(posedge clock) begin
        if (reset) begin
            busy      <= 1'b0;
            fault     <= `FAULT_NONE;
            used_word <= 3'd0;
            used_bit  <= 3'd0;
            on_bits   <= 1'b0;
            line      <= 16'd0;
            column    <= 3'd0;
            frame_row <= 16'd0;
        end else if (cancel) begin
            busy <= 1'b0;
        end else if (!busy) begin
            // Between acts the row of the next frame is already asked for.
            frame_row <= word_line;
            column    <= 3'd0;
            line      <= 16'd0;
            on_bits   <= 1'b0;
            if (start) begin
                busy      <= 1'b1;
                used_word <= 3'd0;
                used_bit  <= 3'd0;
                fault     <= kind == `KIND_CELL && (word_line >= WORD_LINES || bit_line >= BIT_LINES)
                             ? `FAULT_ADDRESS : `FAULT_NONE;
            end
        end else begin
            plan   <= {at_zero ? 2'd0 : wanted, plan[2*LINES-1:2]};
            column <= column + 3'd1;
            if (column == 3'd6) frame_row <= frame_row + 16'd1;
            if (on_bits) used_bit <= used_bit | 3'd1 << wanted;
            else used_word <= used_word | 3'd1 << wanted;
            if (wanted == 2'd3) fault <= `FAULT_FRAME;
            else if (!in_window && (kind == `KIND_CELL ? addressed : wanted != 2'd0)) fault <= `FAULT_ADDRESS;
            line <= side_end ? 16'd0 : line + 16'd1;
            if (side_end) begin
                on_bits <= 1'b1;
                busy    <= !on_bits;
            end
        end
    end

`ifdef FORMAL
`include "line_plan_properties.svh"
`endif
endmodule
