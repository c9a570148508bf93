    // The order of things, whatever the units answer: no act before plan, check and DACs are through, no outputs before
    // the DACs hold 0 V, and after a fault or an abort nothing but the way to rest.
    logic past = 1'b0;
    logic zeroed = 1'b0;    // the DACs were given 0 V since the last rest
    logic planned = 1'b0;   // the entry was intact and its plan found no fault
    logic checked = 1'b0;   // its check found none either
    logic loaded = 1'b0;    // its codes are in the DACs
    logic halted = 1'b0;    // abort, or an act that would be late, in the clock before

    always_comb if (!past) assume (reset);

    always_ff @(posedge clock) begin
        past    <= 1'b1;
        halted  <= !reset && (abort || late);
        if (reset || state == IDLE) zeroed <= 1'b0;
        else if (state == ZERO && begun && !dac_busy) zeroed <= 1'b1;
        if (reset || state == FETCH) {planned, checked, loaded} <= 3'd0;
        else begin
            if (state == PLAN && begun && !plan_busy && plan_fault == `FAULT_NONE) planned <= 1'b1;
            if (state == CHECK && begun && !check_busy && check_fault == `FAULT_NONE) checked <= planned;
            if (state == LOAD && begun && !dac_busy) loaded <= checked;
        end
    end

    always_comb if (past) begin
        if (fire) assert (planned && checked && loaded && output_enable && fault == `FAULT_NONE && !abort && !late);
        if (output_enable) assert (zeroed && fault == `FAULT_NONE);
        if (halted) assert (!output_enable && !running && fault != `FAULT_NONE);
        if (safe) assert (!output_enable && !fire);
        if (fault != `FAULT_NONE) assert (!fire && !running);
        if (state == LOAD || state == SETTLE || state == READY || state == ACT) assert (planned && checked && zeroed);
        if (state == SETTLE || state == READY || state == ACT) assert (loaded);
        assert (output_enable == (state >= FETCH && state <= ACT));
        if (state == CHECK) assert (planned);
        if (state >= ENABLE && state <= ACT) assert (zeroed);
        assert (state <= REST);
    end
