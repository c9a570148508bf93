// One exchange of BITS bits, most significant first, SPI mode 0: data is taken on the rising edge and changes on the
// falling one. A frame takes (2 BITS + 2) half periods: select, BITS clock pulses, half a period of hold, half a period
// deselected.
`timescale 1fs / 1fs

module spi_master #(
    parameter [7:0] BITS = 8'd16,
    parameter [7:0] HALF_CLOCKS = 8'd1
) (
    input  logic            clock,
    input  logic            reset,
    input  logic            start,      // ignored while busy
    input  logic [BITS-1:0] transmit,
    output logic            busy,
    output logic            finish,     // last clock of the frame; `received` is complete
    output logic [BITS-1:0] received,
    output logic            select_n,
    output logic            serial_clock,
    output logic            serial_out,
    input  logic            serial_in
);
    localparam [8:0] HALVES = {BITS, 1'b0} + 9'd2;

    logic [8:0]      halves;    // half periods left, the running one included
    logic [8:0]      next;
    logic [7:0]      pace;
    logic            step;
    logic [BITS-1:0] shift;

    assign next       = halves - 9'd1;
    assign busy       = halves != 9'd0;
    assign step       = busy && pace == HALF_CLOCKS - 8'd1;
    assign finish     = step && halves == 9'd1;
    assign serial_out = shift[BITS-1];

    always_ff @(posedge clock) begin
        if (reset) begin
            halves       <= 9'd0;
            pace         <= 8'd0;
            select_n     <= 1'b1;
            serial_clock <= 1'b0;
            shift        <= '0;
            received     <= '0;
        end else if (!busy) begin
            if (start) begin
                halves   <= HALVES;
                pace     <= 8'd0;
                select_n <= 1'b0;
                shift    <= transmit;
            end
        end else if (!step) begin
            pace <= pace + 8'd1;
        end else begin
            pace         <= 8'd0;
            halves       <= next;
            serial_clock <= next[0] && next != 9'd1;
            if (next[0] && next != 9'd1) received <= {received[BITS-2:0], serial_in};
            if (!next[0] && next >= 9'd4) shift <= {shift[BITS-2:0], 1'b0};
            if (next == 9'd1) select_n <= 1'b1;
        end
    end
endmodule
