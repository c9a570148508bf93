    // Never two drivers on a line, break before make, no act longer than its limit, grounded soon after a stop.
    logic [LINES-1:0]   rails;
    logic [LINES-1:0]   rails_before = '0;
    logic [LINES-1:0]   ground_before = '1;
    logic [15:0]        rails_still = DEAD_CLOCKS;  // clocks without a change before this one, at most DEAD_CLOCKS
    logic [15:0]        ground_still = DEAD_CLOCKS;
    logic               past = 1'b0;
    logic               grounded_before;
    logic [2*LINES-1:0] plan_before;
    logic [TICK_BITS+15:0]        driven = 'd0;         // clocks in which a rail was closed, before this one
    logic [TICK_BITS+15:0]        left = 'd0;           // clocks that the one-shot still has
    logic [TICK_BITS+15:0]        most = 'd0;           // sealed limit of the act, in clocks
    logic [15:0]        stopped = 16'd0;        // clocks of stop before this one

    always_comb if (!past) assume (reset);

    assign rails = selected_switch | unselected_switch;

    always_ff @(posedge clock) begin
        past            <= 1'b1;
        rails_before    <= rails;
        ground_before   <= ground_switch;
        grounded_before <= grounded;
        plan_before     <= plan;
        rails_still     <= rails != rails_before ? 16'd1 : rails_still + (rails_still < DEAD_CLOCKS);
        ground_still    <= ground_switch != ground_before ? 16'd1 : ground_still + (ground_still < DEAD_CLOCKS);
        driven          <= rails != '0 ? driven + 'd1 : 'd0;
        stopped         <= stop ? stopped + (stopped < DEAD_CLOCKS + 16'd2) : 16'd0;
        if (one_shot_start) begin
            left <= (width > width_limit ? width_limit : width) * CLOCKS_PER_TICK;
            most <= width_limit * CLOCKS_PER_TICK;
        end else if (one_shot_running) left <= left - 'd1;
    end

    // What the matrix asks of its surroundings.
    always_comb if (past && !grounded_before && !grounded) `REQUIRE (plan == plan_before);

    always_comb if (past) begin
        assert ((ground_switch & rails) == '0 && (selected_switch & unselected_switch) == '0);
        if (rails != rails_before) assert (ground_switch == ground_before && ground_still >= DEAD_CLOCKS);
        if (ground_switch != ground_before) assert (rails == rails_before && rails_still >= DEAD_CLOCKS);
        if (rails != '0) assert (driven < most);
        if (stopped > DEAD_CLOCKS + 16'd1) assert (ground_switch == '1 && grounded);
    end

    // Steps of the induction.
    always_comb if (past) begin
        assert (dead < DEAD_CLOCKS);
        if (phase == GROUNDED || phase == DRIVING) assert (dead == 16'd0);
        if (phase == GROUNDED || phase == OPENING) assert (rails == '0 && !one_shot_running);
        if (one_shot_running) begin
            assert (left == remaining * CLOCKS_PER_TICK - !tick);   // for two clocks a tick
            assert (driven + (rails != '0) + left <= most);
        end
    end
