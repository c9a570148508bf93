// The state machine. It takes entries from the table one after the other and, for each, plans the switches, has the
// limits checked, loads the DACs, waits for the gap to end, and fires the act. Anything that goes wrong ends in STOP.
`timescale 1fs / 1fs
`include "sequencer_registers.svh"

module sequencer_core #(
    parameter [15:0] TABLE_ENTRIES = 16'd16,
    parameter [15:0] FRAME_ROWS = 16'd1,
    parameter [15:0] ROWS_PER_FRAME = 16'd1,
    parameter [15:0] BIT_LINES = 16'd4,
    parameter [15:0] SETTLE_CLOCKS = 16'd8,
    parameter [31:0] SENSE_TICKS_CELL = 32'd1,   // from the first sample to the end of the act
    parameter [31:0] SENSE_TICKS_FRAME = 32'd1
) (
    input  logic        clock,
    input  logic        reset,
    // Requests
    input  logic        start,
    input  logic        clear,
    input  logic        abort,          // level
    input  logic [3:0]  refused,        // a register write that may not be: its fault, for one clock
    input  logic        result_lost,
    input  logic [15:0] first_entry,
    input  logic [15:0] entry_limit,    // sealed
    // The fetched entry
    input  logic        intact,
    input  logic [1:0]  kind,
    input  logic        sense,
    input  logic        last,
    input  logic [11:0] unknown_flags,
    input  logic [15:0] word_line,
    input  logic [15:0] bit_line,
    // Units
    output logic        fetch_start,
    input  logic        fetch_busy,
    output logic        plan_start,
    input  logic        plan_busy,
    input  logic [3:0]  plan_fault,
    output logic        check_start,
    input  logic        check_busy,
    input  logic [3:0]  check_fault,
    output logic        dac_start,
    output logic        dac_zero,
    output logic        dac_cancel,
    input  logic        dac_busy,
    input  logic        gap_running,
    input  logic        gap_finish,
    output logic        fire,
    output logic        stop,
    input  logic        grounded,
    input  logic        tick,
    input  logic [31:0] remaining,
    output logic [31:0] sense_ticks,
    output logic        sense_start,
    output logic        sense_cancel,
    input  logic        sense_busy,
    output logic [15:0] sense_first,
    output logic [15:0] sense_last,
    output logic [15:0] sense_entry,
    // Status
    output logic        safe,
    output logic        output_enable,
    output logic        done,
    output logic [3:0]  fault,
    output logic [15:0] fault_entry,
    output logic [15:0] entry
);
    localparam [3:0] IDLE = 4'd0;       // safe: lines grounded, outputs disabled, DACs at 0 V
    localparam [3:0] ZERO = 4'd1;       // 0 V into the DACs before the outputs are enabled
    localparam [3:0] ENABLE = 4'd2;
    localparam [3:0] FETCH = 4'd3;
    localparam [3:0] DECODE = 4'd4;
    localparam [3:0] PLAN = 4'd5;
    localparam [3:0] CHECK = 4'd6;
    localparam [3:0] LOAD = 4'd7;
    localparam [3:0] SETTLE = 4'd8;
    localparam [3:0] READY = 4'd9;      // the act begins when the gap ends
    localparam [3:0] ACT = 4'd10;
    localparam [3:0] STOP = 4'd11;      // outputs disabled, rails open, nothing further
    localparam [3:0] REST = 4'd12;      // 0 V into the DACs

    logic [3:0]  state;
    logic        begun;         // the unit of this state was started
    logic        first;         // no act yet: nothing to be late for
    logic [15:0] settle;
    logic        running;
    logic        preparing;
    logic        late;
    logic        frame_outside;
    logic [3:0]  trouble;

    assign running   = state != IDLE && state != STOP && state != REST;
    assign preparing = state >= FETCH && state <= READY;
    assign late      = preparing && !first && (gap_finish ? state != READY : !gap_running);
    assign frame_outside = {1'b0, word_line} + {1'b0, ROWS_PER_FRAME} > {1'b0, FRAME_ROWS};

    // The first of these that holds is the fault.
    always_comb begin
        trouble = `FAULT_NONE;
        if (abort) trouble = `FAULT_ABORT;
        else if (refused != `FAULT_NONE) trouble = refused;
        else if (running && result_lost) trouble = `FAULT_RESULT_LOST;
        else if (late || (sense_start && sense_busy)) trouble = `FAULT_LATE;
        else if (state == FETCH && !begun && (entry >= entry_limit || entry >= TABLE_ENTRIES)) trouble = `FAULT_RANGE;
        else if (state == DECODE && !intact) trouble = `FAULT_DAMAGED;
        else if (state == DECODE && (kind == 2'd0 || unknown_flags != 12'd0)) trouble = `FAULT_KIND;
        else if (state == DECODE && kind == `KIND_WAIT && sense) trouble = `FAULT_KIND;
        else if (state == DECODE && kind == `KIND_FRAME && frame_outside) trouble = `FAULT_FRAME;
        else if (state == PLAN && begun && !plan_busy) trouble = plan_fault;
        else if (state == CHECK && begun && !check_busy) trouble = check_fault;
    end

    assign fetch_start  = state == FETCH && !begun;
    assign plan_start   = state == PLAN && !begun;
    assign check_start  = state == CHECK && !begun;
    assign dac_start    = (state == ZERO || state == LOAD || state == REST) && !begun;
    assign dac_zero     = state != LOAD;
    assign dac_cancel   = state == STOP;
    assign fire         = state == READY && (first || gap_finish) && trouble == `FAULT_NONE;
    assign stop         = state == STOP;
    assign sense_ticks  = kind == `KIND_FRAME ? SENSE_TICKS_FRAME : SENSE_TICKS_CELL;
    assign sense_start  = state == ACT && sense && tick && remaining == sense_ticks;
    assign sense_cancel = state == STOP && fault != `FAULT_NONE;
    assign sense_first  = kind == `KIND_FRAME ? 16'd0 : bit_line;
    assign sense_last   = kind == `KIND_FRAME ? BIT_LINES - 16'd1 : bit_line;
    assign safe         = state == IDLE;

    always_ff @(posedge clock) begin
        if (reset) begin
            state         <= STOP;
            begun         <= 1'b0;
            first         <= 1'b1;
            output_enable <= 1'b0;
            done          <= 1'b0;
            fault         <= `FAULT_NONE;
            fault_entry   <= 16'd0;
            entry         <= 16'd0;
            sense_entry   <= 16'd0;
            settle        <= 16'd0;
        end else begin
            begun <= 1'b1;
            if (fire) sense_entry <= entry;
            case (state)
                IDLE:
                    if (start && fault == `FAULT_NONE && trouble == `FAULT_NONE) begin
                        enter(ZERO);
                        entry <= first_entry;
                        first <= 1'b1;
                        done  <= 1'b0;
                    end
                ZERO: if (begun && !dac_busy) enter(ENABLE);
                ENABLE: begin
                    output_enable <= 1'b1;
                    enter(FETCH);
                end
                FETCH: if (begun && !fetch_busy) enter(DECODE);
                DECODE: enter(PLAN);
                PLAN: if (begun && !plan_busy) enter(CHECK);
                CHECK: if (begun && !check_busy) enter(LOAD);
                LOAD: if (begun && !dac_busy) begin
                    enter(SETTLE);
                    settle <= SETTLE_CLOCKS;
                end
                SETTLE:
                    if (settle == 16'd0) enter(READY);
                    else settle <= settle - 16'd1;
                READY: if (fire) begin
                    enter(ACT);
                    first <= 1'b0;
                end
                ACT: if (grounded) begin
                    enter(last ? STOP : FETCH);
                    if (last) output_enable <= 1'b0;
                    else entry <= entry + 16'd1;
                end
                STOP: if (grounded && !dac_busy && !sense_busy) enter(REST);
                default: if (begun && !dac_busy) begin
                    enter(IDLE);
                    done <= fault == `FAULT_NONE && trouble == `FAULT_NONE && !first;
                end
            endcase
            if (trouble != `FAULT_NONE) begin
                if (fault == `FAULT_NONE) begin
                    fault       <= trouble;
                    fault_entry <= entry;
                end
                if (running) begin
                    enter(STOP);
                    output_enable <= 1'b0;
                end
            end else if (clear && state == IDLE) begin
                fault <= `FAULT_NONE;
                done  <= 1'b0;
            end
        end
    end

    task automatic enter(input logic [3:0] target);
        state <= target;
        begun <= 1'b0;
    endtask

`ifdef FORMAL
`include "sequencer_core_properties.svh"
`endif
endmodule
