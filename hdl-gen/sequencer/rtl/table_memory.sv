// Words of 16 bits with one write and one read port, loaded from FILE when it is named; data comes a clock after the
// address.
`timescale 1fs / 1fs

module table_memory #(
    parameter WORDS = 192,
    parameter FILE = ""
) (
    input  logic        clock,
    input  logic        write,
    input  logic [31:0] write_address,
    input  logic [15:0] write_data,
    input  logic [31:0] address,
    output logic [15:0] data
);
    localparam ADDRESS_BITS = WORDS > 1 ? $clog2(WORDS) : 1;

    logic [15:0] memory [0:WORDS-1];

    /* verilator lint_off UNUSED */
    logic unused;
    assign unused = &{1'b0, write_address[31:ADDRESS_BITS], address[31:ADDRESS_BITS]};
    /* verilator lint_on UNUSED */

    generate
        if (FILE != "") initial $readmemh(FILE, memory);
    endgenerate

    always_ff @(posedge clock) begin
        if (write) memory[write_address[ADDRESS_BITS-1:0]] <= write_data;
        data <= memory[address[ADDRESS_BITS-1:0]];
    end
endmodule
