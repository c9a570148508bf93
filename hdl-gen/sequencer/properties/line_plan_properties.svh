    // A plan without fault switches each line as the entry says, inside the sealed window, and tells the check of every
    // level that it uses.
    logic [15:0]  walked = 16'd0;       // lines that the plan holds, the last ones on top
    logic         complete = 1'b0;
    logic         past = 1'b0;
    logic         busy_before = 1'b0;
    logic         ended;
    logic [161:0] inputs, inputs_before;

    always_comb if (!past) assume (reset);

    assign ended  = complete && busy_before && !busy;
    assign inputs = {kind, word_line, bit_line, codes, word_first, word_last, bit_first, bit_last};

    always_ff @(posedge clock) begin
        past          <= 1'b1;
        inputs_before <= inputs;
        busy_before   <= busy;
        if (reset || cancel || !busy) begin
            walked <= 16'd0;
            if (reset || cancel || start) complete <= 1'b0;
        end else begin
            walked   <= walked + 16'd1;
            complete <= walked == LINES - 16'd1;
        end
    end

    // What the plan asks of its surroundings: an entry, and a window, that stand still.
    always_comb if (past && (busy || busy_before)) `REQUIRE (inputs == inputs_before);

    genvar place;
    generate
        for (place = 0; place < LINES; place = place + 1) begin : each
            // Once all lines were walked over, line `place` is at place `place`; before, it is higher up.
            logic [15:0] of;
            logic        of_bits, selected_zero, unselected_zero, inside, selected;
            logic [15:0] number;
            logic [2:0]  used;
            logic [1:0]  position;

            assign of              = complete ? place : place - (LINES - walked);
            assign of_bits         = of >= WORD_LINES;
            assign number          = of_bits ? of - WORD_LINES : of;
            assign used            = of_bits ? used_bit : used_word;
            assign selected_zero   = (of_bits ? codes[47:32] : codes[15:0]) == 16'd0;
            assign unselected_zero = (of_bits ? codes[63:48] : codes[31:16]) == 16'd0;
            assign selected        = number == (of_bits ? bit_line : word_line);
            assign inside          = of_bits ? number >= bit_first && number <= bit_last
                                     : number >= word_first && number <= word_last;
            assign position        = plan[2*place +: 2];

            always_comb if (past && fault == `FAULT_NONE && (ended || (busy && place >= LINES - walked))) begin
                assert (position != 2'd3);
                if (position == 2'd1) assert (used[1] && !selected_zero);
                if (position == 2'd2) assert (used[2] && !unselected_zero);
                if (position == 2'd0)
                    assert (used[0] || (used[1] && selected_zero) || (used[2] && unselected_zero));
                if (kind == `KIND_CELL) begin
                    assert (used[selected ? 1 : 2]);
                    assert (position == (selected ? (selected_zero ? 2'd0 : 2'd1) : (unselected_zero ? 2'd0 : 2'd2)));
                    if (selected) assert (inside);
                end
                if (kind == `KIND_FRAME && position != 2'd0) assert (inside);
                if (kind != `KIND_CELL && kind != `KIND_FRAME) assert (position == 2'd0);
            end
        end
    endgenerate

    always_comb if (past) begin
        assert (walked <= LINES && !(complete && busy));
        if (busy) assert (walked == (on_bits ? WORD_LINES : 16'd0) + line && line < (on_bits ? BIT_LINES : WORD_LINES));
        if ((ended || busy) && fault == `FAULT_NONE && kind == `KIND_CELL)
            assert (word_line < WORD_LINES && bit_line < BIT_LINES);
    end
