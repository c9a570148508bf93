// Compares what is on the lines with the acts that the schedule's own timing asks for, in every clock. The time of the
// schedule begins where its first act is seen. An act is a row of FILE: start and end in ticks, 64 bits each, and the
// code of each line, 16 bits each, line 0 last.
`timescale 1fs / 1fs

module line_monitor #(
    parameter LINES = 8,
    parameter ACTS = 1,
    parameter FILE = "expected_acts.hex",
    parameter [63:0] CLOCKS_PER_TICK = 64'd1,
    parameter [63:0] DEAD_CLOCKS = 64'd2
) (
    input  logic                clock,
    input  logic                reset,
    input  logic [LINES-1:0]    ground_switch,
    input  logic [LINES-1:0]    selected_switch,
    input  logic [LINES-1:0]    unselected_switch,
    input  logic                output_enable,
    input  logic                rails_ready,    // all DACs were loaded and none is being loaded
    input  logic                sampling,
    input  logic [16*LINES-1:0] levels,         // code on each line
    output logic                complete,       // every act was seen, to its end
    output logic                failed
);
    logic [16*LINES+127:0] expected [0:ACTS];   // one spare row, for a schedule without acts
    logic [63:0]           now = 64'd0;         // clocks since reset
    logic [63:0]           origin = 64'd0;      // clock in which the schedule's time is 0
    logic                  running = 1'b0;
    integer                act = 0;             // that runs or comes next
    logic [63:0]           act_start;
    logic [63:0]           act_end;
    logic [63:0]           previous_end = 64'd0;
    logic [16*LINES-1:0]   act_levels;
    logic [LINES-1:0]      rails;
    logic [LINES-1:0]      rails_before = {LINES{1'b0}};
    logic [LINES-1:0]      ground_before = {LINES{1'b1}};
    logic [63:0]           rails_changed = 64'd0;   // clock of the last change
    logic [63:0]           ground_changed = 64'd0;
    logic                  in_act;
    logic                  dead_time;

    assign act_start  = expected[act][16*LINES+64 +: 64] * CLOCKS_PER_TICK;
    assign act_end    = expected[act][16*LINES +: 64] * CLOCKS_PER_TICK;
    assign act_levels = expected[act][16*LINES-1:0];
    assign rails      = selected_switch | unselected_switch;
    assign in_act     = running && act < ACTS && now >= origin + act_start && now < origin + act_end;
    assign complete   = act == ACTS;

    // Lines may be open before and after an act, for as long as the switches need.
    assign dead_time = act < ACTS && (!running || now + DEAD_CLOCKS >= origin + act_start)
                       || act > 0 && now < origin + previous_end + DEAD_CLOCKS;

    initial begin
        failed = 1'b0;
        if (ACTS > 0) $readmemh(FILE, expected, 0, ACTS - 1);
    end

    task automatic fail(input [8*48-1:0] what);
        if (!failed) $display("fail: %0s in clock %0d, act %0d", what, now, act);
        failed <= 1'b1;
    endtask

    // Half a clock off, when the pins stand still.
    always @(negedge clock) if (!reset) begin
        now <= now + 64'd1;
        if ((ground_switch & rails) != 0 || (selected_switch & unselected_switch) != 0) fail("two drivers on a line");
        if (rails != rails_before) begin
            rails_changed <= now;
            if (now < ground_changed + DEAD_CLOCKS) fail("a rail closed before ground had opened");
        end
        if (ground_switch != ground_before) begin
            ground_changed <= now;
            if (act > 0 && now < rails_changed + DEAD_CLOCKS) fail("ground closed before the rails had opened");
        end
        rails_before  <= rails;
        ground_before <= ground_switch;
        if (rails != 0 && !(output_enable && rails_ready)) fail("a rail before its DAC, or not enabled");
        if (!running && rails != 0) begin
            running <= 1'b1;
            origin  <= now - act_start;
            if (act >= ACTS || levels != act_levels) fail("wrong levels in the first act");
            if (act_end == act_start + 64'd1) begin
                act          <= act + 1;
                previous_end <= act_end;
            end
        end else if (in_act ? levels != act_levels : rails != 0 || levels != 0) begin
            fail(in_act ? "wrong levels" : "a rail outside of its act");
        end
        if ((ground_switch | rails) != {LINES{1'b1}} && !in_act && !dead_time) fail("an open line");
        if (sampling && !in_act) fail("a sample outside of its act");
        if (in_act && now + 64'd1 == origin + act_end) begin
            act          <= act + 1;
            previous_end <= act_end;
        end
    end
endmodule
