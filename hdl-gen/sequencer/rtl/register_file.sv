// The registers that the host sees. A write that may not be (a limit after the seal, the table while busy, a start
// before the seal) changes nothing and is reported as a fault: a setting that is silently ignored is dangerous.
`timescale 1fs / 1fs
`include "sequencer_registers.svh"

module register_file #(
    parameter [15:0] WORD_LINES = 16'd4,
    parameter [15:0] BIT_LINES = 16'd4,
    parameter [7:0]  DAC_BITS = 8'd16,
    parameter [15:0] CLOCKS_PER_TICK = 16'd1,
    parameter [15:0] TABLE_ENTRIES = 16'd16,
    parameter [15:0] FRAME_ROWS = 16'd1
) (
    input  logic                       clock,
    input  logic                       reset,
    input  logic                       host_write,
    input  logic [6:0]                 host_address,
    input  logic [15:0]                host_data,
    output logic [15:0]                host_read,       // three clocks after the address
    // To the sequencer, each for one clock
    output logic                       start,
    output logic                       abort_request,
    output logic                       clear,
    output logic                       pop,
    output logic [3:0]                 refused,
    // Settings
    output logic [16*`LIMIT_COUNT-1:0] limits,
    output logic [15:0]                first_entry,
    // Memories
    output logic                       table_write,
    output logic [31:0]                table_address,
    input  logic [15:0]                table_data,
    output logic                       frame_write,
    output logic [15:0]                frame_row,
    input  logic [15:0]                frame_data,
    output logic [15:0]                write_data,
    // Status
    input  logic                       safe,
    input  logic                       done,
    input  logic                       aborting,
    input  logic                       output_enable,
    input  logic                       result_available,
    input  logic [31:0]                result,
    input  logic [3:0]                 fault,
    input  logic [15:0]                fault_entry,
    input  logic [15:0]                entry
);
    logic        sealed;
    logic        starts;
    logic [15:0] table_entry;
    logic [15:0] table_word;
    logic [15:0] limit_data;
    logic        of_limit;
    logic        of_control;
    logic        needs_rest;
    logic        accept;

    assign of_limit   = host_address >= `REG_LIMITS && host_address < `REG_LIMITS + `LIMIT_COUNT;
    assign of_control = host_write && host_address == `REG_CONTROL;
    assign needs_rest = host_address == `REG_TABLE_DATA || host_address == `REG_FRAME_DATA
                        || host_address == `REG_FIRST_ENTRY || of_limit
                        || starts;
    assign starts     = of_control && host_data[`CONTROL_START];

    always_comb begin
        refused = `FAULT_NONE;
        if (host_write) begin
            if (of_limit && sealed) refused = `FAULT_SEALED;
            else if (starts && !sealed) refused = `FAULT_NOT_SEALED;
            else if (needs_rest && !safe) refused = `FAULT_BUSY;
        end
    end

    assign accept        = host_write && refused == `FAULT_NONE;
    assign start         = accept && starts;
    assign abort_request = of_control && host_data[`CONTROL_ABORT];
    assign clear         = accept && of_control && host_data[`CONTROL_CLEAR];
    assign pop           = accept && host_address == `REG_RESULT_ENTRY;
    assign table_write   = accept && host_address == `REG_TABLE_DATA;
    assign frame_write   = accept && host_address == `REG_FRAME_DATA;
    assign write_data    = host_data;
    assign table_address = {13'd0, table_entry, 3'd0} + {14'd0, table_entry, 2'd0} + {16'd0, table_word};
    assign limit_data    = limits[{host_address[4:0], 4'd0} +: 16];

    always_ff @(posedge clock) begin
        if (reset) begin
            sealed      <= 1'b0;
            limits      <= '0;
            first_entry <= 16'd0;
            table_entry <= 16'd0;
            table_word  <= 16'd0;
            frame_row   <= 16'd0;
        end else if (accept) begin
            if (of_limit) limits[{host_address[4:0], 4'd0} +: 16] <= host_data;
            case (host_address)
                `REG_CONTROL:     if (host_data[`CONTROL_SEAL]) sealed <= 1'b1;
                `REG_FIRST_ENTRY: first_entry <= host_data;
                `REG_TABLE_ENTRY: begin
                    table_entry <= host_data;
                    table_word  <= 16'd0;
                end
                `REG_TABLE_WORD:  table_word <= host_data;
                `REG_TABLE_DATA:
                    if (table_word == `ENTRY_WORDS - 1) begin
                        table_entry <= table_entry + 16'd1;
                        table_word  <= 16'd0;
                    end else table_word <= table_word + 16'd1;
                `REG_FRAME_ROW:   frame_row <= host_data;
                `REG_FRAME_DATA:  frame_row <= frame_row + 16'd1;
                default: ;
            endcase
        end
    end

    always_ff @(posedge clock) begin
        case (host_address)
            `REG_IDENTITY:        host_read <= `IDENTITY;
            `REG_VERSION:         host_read <= `VERSION;
            `REG_WORD_LINES:      host_read <= WORD_LINES;
            `REG_BIT_LINES:       host_read <= BIT_LINES;
            `REG_DAC_BITS:        host_read <= {8'd0, DAC_BITS};
            `REG_CLOCKS_PER_TICK: host_read <= CLOCKS_PER_TICK;
            `REG_TABLE_ENTRIES:   host_read <= TABLE_ENTRIES;
            `REG_FRAME_ROWS:      host_read <= FRAME_ROWS;
            `REG_STATUS:          host_read <= {8'd0, aborting, output_enable, result_available, safe, sealed,
                                                fault != `FAULT_NONE, done, !safe};
            `REG_FAULT:           host_read <= {12'd0, fault};
            `REG_FAULT_ENTRY:     host_read <= fault_entry;
            `REG_FIRST_ENTRY:     host_read <= first_entry;
            `REG_ENTRY:           host_read <= entry;
            `REG_RESULT_ENTRY:    host_read <= result[31:16];
            `REG_RESULT_SAMPLE:   host_read <= result[15:0];
            `REG_TABLE_ENTRY:     host_read <= table_entry;
            `REG_TABLE_WORD:      host_read <= table_word;
            `REG_TABLE_DATA:      host_read <= table_data;
            `REG_FRAME_ROW:       host_read <= frame_row;
            `REG_FRAME_DATA:      host_read <= frame_data;
            default:              host_read <= of_limit ? limit_data : 16'd0;
        endcase
    end
endmodule
