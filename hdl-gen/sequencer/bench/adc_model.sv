// An ADC that samples when it is selected and shifts 16 bits out, most significant first, with the falling edges of
// the serial clock. The sample tells its channel, and how many were taken before it.
`timescale 1fs / 1fs

module adc_model (
    input  logic        clock,
    input  logic        select_n,
    input  logic        serial_clock,
    input  logic [7:0]  channel,
    output logic        serial_out,
    output logic        sampling    // for one clock
);
    logic [15:0] shift = 16'd0;
    logic [7:0]  number = 8'd0;
    logic        clock_before = 1'b0;
    logic        select_before = 1'b1;

    assign serial_out = shift[15];
    assign sampling   = select_before && !select_n;

    always @(negedge clock) begin
        clock_before  <= serial_clock;
        select_before <= select_n;
        if (sampling) begin
            shift  <= {channel, number};
            number <= number + 8'd1;
        end else if (!serial_clock && clock_before) begin
            shift <= {shift[14:0], 1'b0};
        end
    end
endmodule
