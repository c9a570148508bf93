// Samples one bit line, or a row of them one after the other. The converter samples when its chip select falls and
// shifts the result out in the same frame; `channel` steers the multiplexer in front of it.
`timescale 1fs / 1fs

module adc_reader #(
    parameter [7:0]  HALF_CLOCKS = 8'd1,
    parameter [15:0] SETTLE_CLOCKS = 16'd8  // between a change of channel and the next sample
) (
    input  logic        clock,
    input  logic        reset,
    input  logic        prepare,    // take `first` and `last`; the multiplexer turns to the first channel
    input  logic        start,      // sample them
    input  logic        cancel,     // no further sample than the running one
    input  logic [15:0] first,
    input  logic [15:0] last,
    output logic        busy,
    output logic        valid,      // one clock: `sample` is complete
    output logic [15:0] sample,
    output logic [15:0] channel,
    output logic        select_n,
    output logic        serial_clock,
    input  logic        serial_in
);
    logic [15:0] last_channel;
    logic [15:0] settle;
    logic        frame_start;
    logic        frame_busy;

    assign frame_start = busy && !frame_busy && settle == 16'd0 && !cancel;

    always_ff @(posedge clock) begin
        if (reset) begin
            busy         <= 1'b0;
            channel      <= 16'd0;
            last_channel <= 16'd0;
            settle       <= 16'd0;
        end else if (!busy) begin
            busy   <= start;
            settle <= 16'd0;
            if (prepare) begin
                channel      <= first;
                last_channel <= last;
            end
        end else if (valid) begin
            if (cancel || channel == last_channel) busy <= 1'b0;
            else begin
                channel <= channel + 16'd1;
                settle  <= SETTLE_CLOCKS;
            end
        end else if (cancel && !frame_busy) begin
            busy <= 1'b0;
        end else if (settle != 16'd0) begin
            settle <= settle - 16'd1;
        end
    end

    /* verilator lint_off PINCONNECTEMPTY */
    spi_master #(.BITS(8'd16), .HALF_CLOCKS(HALF_CLOCKS)) spi (
        .clock(clock), .reset(reset),
        .start(frame_start), .transmit(16'd0),
        .busy(frame_busy), .finish(valid), .received(sample),
        .select_n(select_n), .serial_clock(serial_clock),
        .serial_out(), .serial_in(serial_in)
    );
    /* verilator lint_on PINCONNECTEMPTY */
endmodule
