// The whole board through its pins, as the host sees it: registers over SPI, seal, faults, results, abort. Prints
// "pass", or "fail:" and what was found first. For `everyAct` with room for four results, at one clock a tick.
`timescale 1fs / 1fs
`include "sequencer_registers.svh"

module host_bench;
    localparam LINES = 8;
    localparam TABLE_WORDS = 96;
    localparam FRAME_ROWS = 2;
    localparam SAMPLES = 5;
    localparam ROOM = 4;
    localparam AFTER_FRAME = 7;                     // made ready while the ADC still sends the frame's last sample
    localparam PERIOD = 10_000_000;
    localparam DEAD_CLOCKS = 10;
    localparam HOST_HALF = 4 * PERIOD + 70_000;     // just slower than an eighth, so that the phase drifts

    // Bits of STATUS
    localparam [15:0] BUSY = 16'h01;
    localparam [15:0] DONE = 16'h02;
    localparam [15:0] FAULT = 16'h04;
    localparam [15:0] SEALED = 16'h08;
    localparam [15:0] SAFE = 16'h10;
    localparam [15:0] RESULT = 16'h20;
    localparam [15:0] ABORTING = 16'h80;

    localparam [15:0] START = 16'd1 << `CONTROL_START;
    localparam [15:0] ABORT = 16'd1 << `CONTROL_ABORT;
    localparam [15:0] CLEAR = 16'd1 << `CONTROL_CLEAR;
    localparam [15:0] SEAL = 16'd1 << `CONTROL_SEAL;

    logic        clock = 1'b0;
    logic        reset_n = 1'b1;
    logic        abort_n = 1'b1;
    logic        host_select_n = 1'b1;
    logic        host_clock = 1'b0;
    logic        host_in = 1'b0;
    logic        host_out;
    logic [3:0]  dac_select_n, loaded;
    logic        dac_clock, dac_data;
    logic [15:0] rail [0:3];
    logic [1:0]  adc_channel;
    logic        adc_select_n, adc_clock, adc_data, sampling;
    logic [LINES-1:0]    ground_switch, selected_switch, unselected_switch;
    logic [16*LINES-1:0] levels;
    logic        output_enable, busy, done, fault;
    logic        compared = 1'b0;                   // by the monitor
    logic        complete, monitor_failed;

    always #(PERIOD / 2) clock = !clock;

    sequencer_board board (
        .clock(clock), .reset_n(reset_n), .abort_n(abort_n),
        .host_select_n(host_select_n), .host_clock(host_clock), .host_in(host_in), .host_out(host_out),
        .dac_select_n(dac_select_n), .dac_clock(dac_clock), .dac_data(dac_data),
        .adc_channel(adc_channel), .adc_select_n(adc_select_n), .adc_clock(adc_clock), .adc_data(adc_data),
        .ground_switch(ground_switch), .selected_switch(selected_switch), .unselected_switch(unselected_switch),
        .output_enable(output_enable), .busy(busy), .done(done), .fault(fault)
    );

    generate
        genvar each;
        for (each = 0; each < 4; each = each + 1) begin : dac
            dac_model #(.DAC_BITS(10), .ZERO_CODE(500)) model (
                .clock(clock), .select_n(dac_select_n[each]), .serial_clock(dac_clock), .serial_in(dac_data),
                .code(rail[each]), .loaded(loaded[each])
            );
        end
        for (each = 0; each < LINES; each = each + 1) begin : line
            localparam RAIL = each < 5 ? 0 : 2;
            assign levels[16*each +: 16] = selected_switch[each] ? rail[RAIL]
                                           : unselected_switch[each] ? rail[RAIL + 1] : 16'd0;
        end
    endgenerate

    adc_model adc (
        .clock(clock), .select_n(adc_select_n), .serial_clock(adc_clock), .channel({6'd0, adc_channel}),
        .serial_out(adc_data), .sampling(sampling)
    );

    line_monitor #(
        .LINES(LINES), .ACTS(7), .FILE("expected_acts.hex"), .CLOCKS_PER_TICK(1), .DEAD_CLOCKS(DEAD_CLOCKS)
    ) monitor (
        .clock(clock), .reset(!compared),
        .ground_switch(ground_switch), .selected_switch(selected_switch), .unselected_switch(unselected_switch),
        .output_enable(output_enable), .rails_ready(loaded == 4'hf && dac_select_n == 4'hf), .sampling(sampling),
        .levels(levels), .complete(complete), .failed(monitor_failed)
    );

    logic [15:0] limits [0:`LIMIT_COUNT-1];
    logic [15:0] words [0:TABLE_WORDS-1];
    logic [15:0] frames [0:FRAME_ROWS-1];
    logic [31:0] samples [0:SAMPLES-1];
    logic        failed = 1'b0;
    integer      driven = 0;                        // clocks in which a line was off ground or the outputs enabled
    integer      converted = 0;                     // samples before this run, which the ADC's model counts
    integer      driven_before;
    integer      index;
    integer      taken;
    logic [15:0] answer;

    always @(negedge clock) begin
        if (output_enable || ground_switch != {LINES{1'b1}}) driven <= driven + 1;
        if ((ground_switch & (selected_switch | unselected_switch)) != 0 || (selected_switch & unselected_switch) != 0)
            check(1'b0, "two drivers on a line");
    end

    task automatic check(input condition, input [8*64-1:0] what);
        if (condition !== 1'b1 && !failed) begin
            failed = 1'b1;
            $display("fail: %0s, last answer %0d", what, answer);
            $finish;
        end
    endtask

    // SPI mode 0, a write bit, 7 bits of address, 16 bits of data.
    task automatic transfer(input writing, input [6:0] address, input [15:0] data);
        logic [23:0] bits;
        bits = {writing, address, data};
        host_select_n = 1'b0;
        repeat (24) begin
            host_in = bits[23];
            bits    = {bits[22:0], 1'b0};
            #HOST_HALF answer = {answer[14:0], host_out};
            host_clock = 1'b1;
            #HOST_HALF host_clock = 1'b0;
        end
        #HOST_HALF host_select_n = 1'b1;
        #HOST_HALF;
    endtask

    task automatic write(input [6:0] address, input [15:0] data);
        transfer(1'b1, address, data);
    endtask

    task automatic expect_read(input [6:0] address, input [15:0] value, input [8*64-1:0] what);
        transfer(1'b0, address, 16'd0);
        check(answer === value, what);
    endtask

    // START while something forbids it: no output is enabled and no line moves.
    task automatic start_in_vain(input [8*64-1:0] what);
        driven_before = driven;
        write(`REG_CONTROL, START);
        repeat (1000) @(negedge clock);
        check(!busy && driven == driven_before, what);
    endtask

    task automatic clear;
        write(`REG_CONTROL, CLEAR);
        expect_read(`REG_FAULT, `FAULT_NONE, "CLEAR leaves a fault");
    endtask

    task automatic wait_safe;
        answer = BUSY;
        while ((answer & BUSY) != 0) transfer(1'b0, `REG_STATUS, 16'd0);
        check((answer & SAFE) != 0 && !busy, "neither busy nor safe");
        expect_rest;
    endtask

    task automatic expect_rest;
        check(!output_enable && ground_switch == {LINES{1'b1}}, "not at ground, or enabled");
        check(loaded == 4'hf && {rail[0], rail[1], rail[2], rail[3]} == 64'd0, "a DAC that is not at 0 V");
    endtask

    task automatic take_result;
        check(taken < SAMPLES, "a result too many");
        expect_read(`REG_RESULT_ENTRY, samples[taken][31:16], "a result of another entry");
        expect_read(`REG_RESULT_SAMPLE, {samples[taken][7:0], 8'(converted + taken)}, "another sample");
        write(`REG_RESULT_ENTRY, 16'd0);
        taken = taken + 1;
    endtask

    task automatic wait_act;
        while (selected_switch == 0) @(posedge clock);
        repeat (20) @(posedge clock);
        check(output_enable && selected_switch != 0, "no act to break off");
    endtask

    task automatic power_up;
        while (busy !== 1'b0) @(negedge clock);
        expect_rest;
        expect_read(`REG_IDENTITY, 16'h4f4c, "IDENTITY");
        expect_read(`REG_VERSION, 16'd1, "VERSION");
        expect_read(`REG_WORD_LINES, 16'd5, "WORD_LINES");
        expect_read(`REG_BIT_LINES, 16'd3, "BIT_LINES");
        expect_read(`REG_TABLE_ENTRIES, 16'd8, "TABLE_ENTRIES");
        expect_read(`REG_STATUS, SAFE, "STATUS after reset");
        for (index = 0; index < `LIMIT_COUNT; index = index + 1)
            expect_read(7'(`REG_LIMITS + index), 16'd0, "a limit that is not 0 after reset");
        check(driven == 0, "a line moved after power-up");
    endtask

    task automatic seal_limits;
        start_in_vain("a start before the seal");
        expect_read(`REG_FAULT, `FAULT_NOT_SEALED, "a start before the seal is no fault");
        clear;
        for (index = 0; index < `LIMIT_COUNT; index = index + 1) write(7'(`REG_LIMITS + index), limits[index]);
        for (index = 0; index < `LIMIT_COUNT; index = index + 1)
            expect_read(7'(`REG_LIMITS + index), limits[index], "a limit reads as another");
        write(`REG_CONTROL, SEAL);
        expect_read(`REG_STATUS, SEALED | SAFE, "STATUS after the seal");
        // The first limit and the last one.
        for (index = 0; index < `LIMIT_COUNT; index = index + `LIMIT_COUNT - 1) begin
            write(7'(`REG_LIMITS + index), ~limits[index]);
            expect_read(`REG_FAULT, `FAULT_SEALED, "a write to a sealed limit is no fault");
            expect_read(7'(`REG_LIMITS + index), limits[index], "a sealed limit was changed");
            start_in_vain("a start with a fault latched");
            clear;
        end
    endtask

    task automatic use_memories;
        for (index = 0; index < 12; index = index + 1) begin
            write(`REG_TABLE_WORD, 16'(index));
            expect_read(`REG_TABLE_DATA, words[index], "a word of the table");
        end
        for (index = 0; index < FRAME_ROWS; index = index + 1) begin
            write(`REG_FRAME_ROW, 16'(index));
            expect_read(`REG_FRAME_DATA, frames[index], "a row of the frames");
        end
        write(`REG_TABLE_ENTRY, 16'd0);
        write(`REG_TABLE_WORD, 16'd7);
        write(`REG_TABLE_DATA, words[7] + 16'd1);
        expect_read(`REG_TABLE_WORD, 16'd8, "a write does not move on");
        write(`REG_CONTROL, START);
        wait_safe;
        expect_read(`REG_FAULT, `FAULT_DAMAGED, "a damaged entry is no fault");
        clear;
        write(`REG_TABLE_WORD, 16'd7);
        write(`REG_TABLE_DATA, words[7]);
    endtask

    task automatic lose_result;
        write(`REG_CONTROL, START);
        wait_safe;
        expect_read(`REG_STATUS, FAULT | SEALED | SAFE | RESULT, "STATUS after a lost result");
        expect_read(`REG_FAULT, `FAULT_RESULT_LOST, "a lost result is no fault");
        expect_read(`REG_FAULT_ENTRY, AFTER_FRAME, "a lost result of another entry");
        taken = 0;
        repeat (ROOM) take_result;
        expect_read(`REG_STATUS, FAULT | SEALED | SAFE, "results that nobody took");
        converted = SAMPLES;
        clear;
    endtask

    task automatic abort_by_pin;
        write(`REG_CONTROL, START);
        wait_act;
        #(PERIOD / 3) abort_n = 1'b0;
        repeat (3) @(posedge clock);                // two to synchronise, one to act
        #1 check(!output_enable, "outputs enabled a clock after an abort");
        repeat (DEAD_CLOCKS + 3) @(posedge clock);
        #1 check(ground_switch == {LINES{1'b1}}, "a line off ground after the dead time and 6 clocks");
        @(negedge clock);
        #1 driven_before = driven;
        wait_safe;
        check(driven == driven_before, "a line moved after an abort");
        check(fault, "no fault at the pin");
        expect_read(`REG_STATUS, FAULT | SEALED | SAFE | ABORTING, "STATUS while the abort input is active");
        write(`REG_CONTROL, CLEAR);
        expect_read(`REG_FAULT, `FAULT_ABORT, "CLEAR while the abort input is active");
        start_in_vain("a start while the abort input is active");
        #(PERIOD / 3) abort_n = 1'b1;
        start_in_vain("a start before CLEAR");
        expect_read(`REG_FAULT, `FAULT_ABORT, "an abort that nothing cleared");
        expect_read(`REG_FAULT_ENTRY, 16'd0, "an abort of another entry");
        clear;
    endtask

    task automatic abort_by_register(input [6:0] address, input [15:0] data, input [15:0] code);
        write(`REG_CONTROL, START);
        wait_act;
        write(address, data);
        wait_safe;
        expect_read(`REG_FAULT, code, "a write that stops a run");
        clear;
    endtask

    task automatic run_table;
        compared = 1'b1;
        write(`REG_CONTROL, START);
        taken  = 0;
        answer = BUSY;
        while ((answer & BUSY) != 0) begin
            transfer(1'b0, `REG_STATUS, 16'd0);
            if ((answer & RESULT) != 0) begin
                take_result;
                answer = BUSY;
            end
        end
        check(answer == (DONE | SEALED | SAFE) && done && !fault, "STATUS after a run");
        check(taken == SAMPLES, "a result is missing");
        check(complete && !monitor_failed, "the lines differ from the schedule");
        expect_rest;
    endtask

    always @(negedge clock) if (monitor_failed) check(1'b0, "the lines differ from the schedule");

    initial begin
        #(64'd10_000_000 * 400_000) check(1'b0, "not done in time");
    end

    initial begin
        $readmemh("limits.hex", limits);
        $readmemh("pulse_table.hex", words);
        $readmemh("frames.hex", frames);
        $readmemh("expected_samples.hex", samples);
        power_up;
        seal_limits;
        use_memories;
        lose_result;
        abort_by_pin;
        abort_by_register(`REG_CONTROL, ABORT, `FAULT_ABORT);
        abort_by_register(`REG_FIRST_ENTRY, 16'd1, `FAULT_BUSY);
        run_table;
        reset_n = 1'b0;
        repeat (4) @(negedge clock);
        reset_n = 1'b1;
        repeat (4) @(negedge clock);
        driven = 0;
        power_up;
        if (!failed) $display("pass");
        $finish;
    end
endmodule
