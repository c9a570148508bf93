// Pulse sequencer of a memristor crossbar: registers, pulse table, state machine, DAC loader, ADC reader and the
// switches of the lines. See docs/rtl.md.
`timescale 1fs / 1fs
`include "sequencer_registers.svh"

module pulse_sequencer #(
    parameter [15:0] WORD_LINES = 16'd4,
    parameter [15:0] BIT_LINES = 16'd4,
    parameter [7:0]  DAC_BITS = 8'd16,
    parameter [7:0]  DAC_FRAME_BITS = 8'd16,
    parameter [15:0] ZERO_CODE = 16'h8000,
    parameter [15:0] CLOCKS_PER_TICK = 16'd1,
    parameter [15:0] DEAD_CLOCKS = 16'd2,           // break before make
    parameter [15:0] SETTLE_CLOCKS = 16'd8,         // of the rails, after their DACs were loaded
    parameter [7:0]  SPI_HALF_CLOCKS = 8'd1,
    parameter [15:0] ADC_SETTLE_CLOCKS = 16'd8,     // of the multiplexer
    parameter [31:0] SENSE_TICKS_CELL = 32'd4,      // from the first sample to the end of the act
    parameter [31:0] SENSE_TICKS_FRAME = 32'd200,
    parameter [15:0] TABLE_ENTRIES = 16'd16,
    parameter [15:0] FRAME_ROWS = 16'd1,
    parameter        RESULT_DEPTH_BITS = 8,
    parameter        TABLE_FILE = "",
    parameter        FRAME_FILE = ""
) (
    input  logic        clock,
    input  logic        reset,
    input  logic        abort_pin,      // asynchronous
    // Host
    input  logic        host_write,
    input  logic [6:0]  host_address,
    input  logic [15:0] host_data,
    output logic [15:0] host_read,
    // DACs of the four rails
    output logic [3:0]  dac_select_n,
    output logic        dac_clock,
    output logic        dac_data,
    // ADC behind a multiplexer over the bit lines
    output logic [15:0] adc_channel,
    output logic        adc_select_n,
    output logic        adc_clock,
    input  logic        adc_data,
    // Line switches: word lines first
    output logic [WORD_LINES+BIT_LINES-1:0] ground_switch,
    output logic [WORD_LINES+BIT_LINES-1:0] selected_switch,
    output logic [WORD_LINES+BIT_LINES-1:0] unselected_switch,
    output logic        output_enable,
    // Status
    output logic        busy,
    output logic        done,
    output logic        fault
);
    localparam [15:0] LINES = WORD_LINES + BIT_LINES;
    localparam [15:0] ROWS_PER_FRAME = (LINES + 16'd7) / 16'd8;

    logic        aborting, abort_request;
    logic        start, clear, pop;
    logic [3:0]  refused;
    logic [15:0] first_entry;
    logic [16*`LIMIT_COUNT-1:0] limits;

    logic        table_write, frame_write;
    logic [31:0] table_address_host, table_address_fetch;
    logic [15:0] frame_row_host, frame_row_plan;
    logic [15:0] table_data, frame_data, write_data;

    logic        fetch_start, fetch_busy, intact;
    logic [1:0]  kind;
    logic        sense, last;
    logic [11:0] unknown_flags;
    logic [15:0] word_line, bit_line;
    logic [63:0] codes;
    logic [31:0] width, gap;

    logic        plan_start, plan_busy, check_start, check_busy;
    logic [3:0]  plan_fault, check_fault;
    logic [2:0]  used_word, used_bit;
    logic [2*LINES-1:0] plan;

    logic        dac_start, dac_zero, dac_cancel, dac_busy;
    logic        fire, stop, grounded, act_tick, act_finish;
    logic [31:0] remaining, width_limit, shortest, longest;
    logic        gap_running, gap_finish;

    logic        sense_start, sense_cancel, sense_busy, sense_valid;
    logic [31:0] sense_ticks;
    logic [15:0] sense_first, sense_last, sense_entry, sample;
    logic        result_available, result_lost;
    logic [31:0] result;

    logic        safe;
    logic [3:0]  fault_code;
    logic [15:0] fault_entry, entry;

    assign busy  = !safe;
    assign fault = fault_code != `FAULT_NONE;

    assign shortest = sense ? limits[16*`LIMIT_READ_MIN +: 32] : limits[16*`LIMIT_PULSE_MIN +: 32];
    assign longest  = sense ? limits[16*`LIMIT_READ_MAX +: 32] : limits[16*`LIMIT_PULSE_MAX +: 32];

    // The one-shot ends at the sealed width by itself, whatever the check of the entry said.
    assign width_limit = kind == `KIND_WAIT ? 32'hffffffff : longest;

    synchronizer abort_input (.clock(clock), .asynchronous(abort_pin), .synchronous(aborting));

    register_file #(
        .WORD_LINES(WORD_LINES), .BIT_LINES(BIT_LINES), .DAC_BITS(DAC_BITS), .CLOCKS_PER_TICK(CLOCKS_PER_TICK),
        .TABLE_ENTRIES(TABLE_ENTRIES), .FRAME_ROWS(FRAME_ROWS)
    ) registers (
        .clock(clock), .reset(reset),
        .host_write(host_write), .host_address(host_address), .host_data(host_data), .host_read(host_read),
        .start(start), .abort_request(abort_request), .clear(clear), .pop(pop), .refused(refused),
        .limits(limits), .first_entry(first_entry),
        .table_write(table_write), .table_address(table_address_host), .table_data(table_data),
        .frame_write(frame_write), .frame_row(frame_row_host), .frame_data(frame_data), .write_data(write_data),
        .safe(safe), .done(done), .aborting(aborting), .output_enable(output_enable),
        .result_available(result_available), .result(result),
        .fault(fault_code), .fault_entry(fault_entry), .entry(entry)
    );

    table_memory #(.WORDS(TABLE_ENTRIES * `ENTRY_WORDS), .FILE(TABLE_FILE)) pulse_table (
        .clock(clock), .write(table_write), .write_address(table_address_host), .write_data(write_data),
        .address(safe ? table_address_host : table_address_fetch), .data(table_data)
    );

    table_memory #(.WORDS(FRAME_ROWS), .FILE(FRAME_FILE)) frame_table (
        .clock(clock), .write(frame_write), .write_address({16'd0, frame_row_host}), .write_data(write_data),
        .address({16'd0, safe ? frame_row_host : frame_row_plan}), .data(frame_data)
    );

    entry_fetch fetch (
        .clock(clock), .reset(reset), .start(fetch_start), .cancel(stop), .entry(entry), .busy(fetch_busy), .intact(intact),
        .table_address(table_address_fetch), .table_data(table_data),
        .kind(kind), .sense(sense), .last(last), .unknown_flags(unknown_flags),
        .word_line(word_line), .bit_line(bit_line), .codes(codes), .width(width), .gap(gap)
    );

    sequencer_core #(
        .TABLE_ENTRIES(TABLE_ENTRIES), .FRAME_ROWS(FRAME_ROWS), .ROWS_PER_FRAME(ROWS_PER_FRAME),
        .BIT_LINES(BIT_LINES), .SETTLE_CLOCKS(SETTLE_CLOCKS),
        .SENSE_TICKS_CELL(SENSE_TICKS_CELL), .SENSE_TICKS_FRAME(SENSE_TICKS_FRAME)
    ) core (
        .clock(clock), .reset(reset),
        .start(start), .clear(clear), .abort(aborting || abort_request), .refused(refused),
        .result_lost(result_lost), .first_entry(first_entry), .entry_limit(limits[16*`LIMIT_ENTRIES +: 16]),
        .intact(intact), .kind(kind), .sense(sense), .last(last), .unknown_flags(unknown_flags),
        .word_line(word_line), .bit_line(bit_line),
        .fetch_start(fetch_start), .fetch_busy(fetch_busy),
        .plan_start(plan_start), .plan_busy(plan_busy), .plan_fault(plan_fault),
        .check_start(check_start), .check_busy(check_busy), .check_fault(check_fault),
        .dac_start(dac_start), .dac_zero(dac_zero), .dac_cancel(dac_cancel), .dac_busy(dac_busy),
        .gap_running(gap_running), .gap_finish(gap_finish),
        .fire(fire), .stop(stop), .grounded(grounded), .tick(act_tick), .remaining(remaining),
        .sense_ticks(sense_ticks), .sense_start(sense_start), .sense_cancel(sense_cancel), .sense_busy(sense_busy),
        .sense_first(sense_first), .sense_last(sense_last), .sense_entry(sense_entry),
        .safe(safe), .output_enable(output_enable), .done(done),
        .fault(fault_code), .fault_entry(fault_entry), .entry(entry)
    );

    line_plan #(.WORD_LINES(WORD_LINES), .BIT_LINES(BIT_LINES)) planner (
        .clock(clock), .reset(reset), .start(plan_start), .cancel(stop), .kind(kind),
        .word_line(word_line), .bit_line(bit_line), .codes(codes),
        .word_first(limits[16*`LIMIT_WORD_FIRST +: 16]), .word_last(limits[16*`LIMIT_WORD_LAST +: 16]),
        .bit_first(limits[16*`LIMIT_BIT_FIRST +: 16]), .bit_last(limits[16*`LIMIT_BIT_LAST +: 16]),
        .frame_row(frame_row_plan), .frame_data(frame_data),
        .busy(plan_busy), .fault(plan_fault), .used_word(used_word), .used_bit(used_bit), .plan(plan)
    );

    limit_check #(.DAC_BITS(DAC_BITS), .ZERO_CODE(ZERO_CODE)) checker_unit (
        .clock(clock), .reset(reset), .start(check_start), .cancel(stop), .kind(kind), .sense(sense), .codes(codes),
        .width(width), .sense_ticks(sense_ticks), .used_word(used_word), .used_bit(used_bit),
        .line_positive(limits[16*`LIMIT_LINE_POSITIVE +: 16]), .line_negative(limits[16*`LIMIT_LINE_NEGATIVE +: 16]),
        .pulse_positive(limits[16*`LIMIT_PULSE_POSITIVE +: 16]), .pulse_negative(limits[16*`LIMIT_PULSE_NEGATIVE +: 16]),
        .read_positive(limits[16*`LIMIT_READ_POSITIVE +: 16]), .read_negative(limits[16*`LIMIT_READ_NEGATIVE +: 16]),
        .unselected(limits[16*`LIMIT_UNSELECTED +: 16]), .shortest(shortest), .longest(longest),
        .busy(check_busy), .fault(check_fault)
    );

    dac_loader #(
        .DAC_BITS(DAC_BITS), .FRAME_BITS(DAC_FRAME_BITS), .HALF_CLOCKS(SPI_HALF_CLOCKS), .ZERO_CODE(ZERO_CODE)
    ) dacs (
        .clock(clock), .reset(reset), .start(dac_start), .zero(dac_zero), .cancel(dac_cancel), .codes(codes),
        .busy(dac_busy), .select_n(dac_select_n), .serial_clock(dac_clock), .serial_out(dac_data)
    );

    line_matrix #(.LINES(LINES), .CLOCKS_PER_TICK(CLOCKS_PER_TICK), .DEAD_CLOCKS(DEAD_CLOCKS)) matrix (
        .clock(clock), .reset(reset), .fire(fire), .stop(stop), .plan(plan),
        .width(width), .width_limit(width_limit),
        .grounded(grounded), .tick(act_tick), .remaining(remaining), .finish(act_finish),
        .ground_switch(ground_switch), .selected_switch(selected_switch), .unselected_switch(unselected_switch)
    );

    // An act that is fired reaches the lines DEAD_CLOCKS later, so the gap ends that much earlier.
    /* verilator lint_off PINCONNECTEMPTY */
    tick_timer #(.CLOCKS_PER_TICK(CLOCKS_PER_TICK), .LEAD_CLOCKS(DEAD_CLOCKS)) gap_timer (
        .clock(clock), .reset(reset), .start(act_finish), .stop(stop), .ticks(gap), .limit(32'hffffffff),
        .running(gap_running), .finish(gap_finish), .tick(), .remaining()
    );
    /* verilator lint_on PINCONNECTEMPTY */

    adc_reader #(.HALF_CLOCKS(SPI_HALF_CLOCKS), .SETTLE_CLOCKS(ADC_SETTLE_CLOCKS)) adc (
        .clock(clock), .reset(reset), .prepare(fire), .start(sense_start), .cancel(sense_cancel),
        .first(sense_first), .last(sense_last),
        .busy(sense_busy), .valid(sense_valid), .sample(sample), .channel(adc_channel),
        .select_n(adc_select_n), .serial_clock(adc_clock), .serial_in(adc_data)
    );

    result_fifo #(.DEPTH_BITS(RESULT_DEPTH_BITS)) results (
        .clock(clock), .reset(reset), .clear(start), .push(sense_valid), .push_data({sense_entry, sample}),
        .pop(pop), .available(result_available), .data(result), .lost(result_lost)
    );
endmodule
