// The switches of all lines: each line has one to ground, one to the selected rail and one to the unselected rail of
// its side. Lines rest at ground. An act opens the switches that are to change, waits DEAD_CLOCKS, closes the rails
// for the width of the one-shot, opens them, waits again, and closes ground: break before make, also when a reset
// comes in the middle of an act.
`timescale 1fs / 1fs

module line_matrix #(
    parameter [15:0] LINES = 16'd8,
    parameter [15:0] CLOCKS_PER_TICK = 16'd1,
    parameter [15:0] DEAD_CLOCKS = 16'd2,
    parameter [7:0]  TICK_BITS = 8'd32
) (
    input  logic               clock,
    input  logic               reset,
    input  logic               fire,        // begin an act; taken when all lines are grounded
    input  logic               stop,        // open the rails at once
    input  logic [2*LINES-1:0] plan,        // per line 0 ground, 1 selected, 2 unselected; stable unless grounded
    input  logic [TICK_BITS-1:0] width,     // ticks
    input  logic [TICK_BITS-1:0] width_limit,
    output logic               grounded,
    output logic               tick,        // first clock of a tick of the width
    output logic [TICK_BITS-1:0] remaining, // ticks of the width
    output logic               finish,      // last clock of the width
    output logic [LINES-1:0]   ground_switch,
    output logic [LINES-1:0]   selected_switch,
    output logic [LINES-1:0]   unselected_switch
);
    localparam [1:0] GROUNDED = 2'd0;
    localparam [1:0] OPENING = 2'd1;
    localparam [1:0] DRIVING = 2'd2;
    localparam [1:0] CLOSING = 2'd3;

    logic [1:0]  phase;
    logic [15:0] dead;
    logic        dead_over;
    logic        halt;
    logic        one_shot_start;
    logic        one_shot_running;
    logic        drive;

    assign grounded       = phase == GROUNDED;
    assign dead_over      = dead == DEAD_CLOCKS - 16'd1;
    assign halt           = reset || stop;
    assign one_shot_start = phase == OPENING && dead_over && !halt;
    assign drive          = phase == DRIVING && one_shot_running;

    initial begin
        phase             = GROUNDED;
        dead              = 16'd0;
        ground_switch     = '1;
        selected_switch   = '0;
        unselected_switch = '0;
    end

    always_ff @(posedge clock) begin
        dead <= 16'd0;
        case (phase)
            GROUNDED: if (fire && !halt) phase <= OPENING;
            OPENING:
                if (halt) phase <= CLOSING;
                else if (dead_over) phase <= DRIVING;
                else dead <= dead + 16'd1;
            DRIVING: if (halt || finish || !one_shot_running) phase <= CLOSING;
            default:
                if (dead_over) phase <= GROUNDED;
                else dead <= dead + 16'd1;
        endcase
    end

    tick_timer #(.CLOCKS_PER_TICK(CLOCKS_PER_TICK), .TICK_BITS(TICK_BITS)) one_shot (
        .clock(clock), .reset(reset), .start(one_shot_start), .stop(stop),
        .ticks(width), .limit(width_limit),
        .running(one_shot_running), .finish(finish), .tick(tick), .remaining(remaining)
    );

    generate
        genvar line;
        for (line = 0; line < LINES; line = line + 1) begin : each
            logic on_selected;
            logic on_unselected;

            assign on_selected   = plan[2*line +: 2] == 2'd1;
            assign on_unselected = plan[2*line +: 2] == 2'd2;

            always_ff @(posedge clock) begin
                ground_switch[line]     <= phase == GROUNDED || !(on_selected || on_unselected);
                selected_switch[line]   <= !reset && drive && on_selected;
                unselected_switch[line] <= !reset && drive && on_unselected;
            end
        end
    endgenerate

`ifdef FORMAL
`include "line_matrix_properties.svh"
`endif
endmodule
