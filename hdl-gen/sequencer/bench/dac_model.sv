// A DAC with a frame of 16 bits, the code left-aligned: it takes a bit with each rising edge of the serial clock, and
// its output follows when it is deselected after 16 of them. Half a clock off, when the pins stand still.
`timescale 1fs / 1fs

module dac_model #(
    parameter [4:0]  DAC_BITS = 5'd16,
    parameter [15:0] ZERO_CODE = 16'h8000
) (
    input  logic        clock,
    input  logic        select_n,
    input  logic        serial_clock,
    input  logic        serial_in,
    output logic [15:0] code,       // signed
    output logic        loaded
);
    logic [15:0] shift = 16'd0;
    logic [4:0]  count = 5'd0;
    logic        clock_before = 1'b0;

    initial begin
        code   = 16'h7fff;  // whatever a chip powers up with
        loaded = 1'b0;
    end

    always @(negedge clock) begin
        clock_before <= serial_clock;
        if (select_n) begin
            if (count == 5'd16) begin
                code   <= (shift >> (5'd16 - DAC_BITS)) - ZERO_CODE;
                loaded <= 1'b1;
            end
            count <= 5'd0;
        end else if (serial_clock && !clock_before) begin
            shift <= {shift[14:0], serial_in};
            count <= count + 5'd1;
        end
    end
endmodule
