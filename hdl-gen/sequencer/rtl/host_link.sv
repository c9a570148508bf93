// Registers over SPI mode 0: one access is 24 bits, most significant first: write bit, 7 bits of address, 16 bits of
// data. In a read the data comes back in the last 16. The serial clock is at most an eighth of the clock.
`timescale 1fs / 1fs

module host_link (
    input  logic        clock,
    input  logic        reset,
    input  logic        select_n,       // asynchronous, as the next two
    input  logic        serial_clock,
    input  logic        serial_in,
    output logic        serial_out,
    output logic        host_write,
    output logic [6:0]  host_address,
    output logic [15:0] host_data,
    input  logic [15:0] host_read
);
    logic        selected_n, clock_now, clock_before, data_now;
    logic        rising, falling;
    logic [4:0]  count;         // bits received
    logic        writing;
    logic [14:0] received;
    logic [15:0] answer;

    synchronizer select_input (.clock(clock), .asynchronous(select_n), .synchronous(selected_n));
    synchronizer clock_input (.clock(clock), .asynchronous(serial_clock), .synchronous(clock_now));
    synchronizer data_input (.clock(clock), .asynchronous(serial_in), .synchronous(data_now));

    assign rising     = clock_now && !clock_before;
    assign falling    = !clock_now && clock_before;
    assign serial_out = answer[15];

    always_ff @(posedge clock) begin
        clock_before <= clock_now;
        host_write   <= 1'b0;
        if (reset || selected_n) begin
            count        <= 5'd0;
            writing      <= 1'b0;
            received     <= 15'd0;
            answer       <= 16'd0;
            host_address <= 7'd0;
            host_data    <= 16'd0;
        end else begin
            if (rising && count != 5'd24) begin
                count    <= count + 5'd1;
                received <= {received[13:0], data_now};
                if (count == 5'd7) {writing, host_address} <= {received[6:0], data_now};
                if (count == 5'd23) begin
                    host_write <= writing;
                    host_data  <= {received[14:0], data_now};
                end
            end
            // The first bit of the answer is put out with the falling edge after the address.
            if (falling) answer <= count == 5'd8 ? host_read : {answer[14:0], 1'b0};
        end
    end
endmodule
